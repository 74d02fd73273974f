// The first thing that runs, on whatever Node is installed (20.19 or newer), so plain JavaScript without packages: it
// installs what is missing and goes on under our own Node 24.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const busy = join(root, '.cache', 'installing');
const node24 = join(modules, '.bin', 'node');

class Problem extends Error {}

async function main([command = '', ...args]) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Problem(
      `Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org).`,
    );
  }
  const entry = [join(root, 'launch', `${command}.ts`), join(root, command, 'main.ts')].find((file) =>
    existsSync(file),
  );
  if (!/^[a-z]+$/.test(command) || !entry)
    throw new Problem(`There is no command "${command}". Try: npm start`);
  await installIfNeeded();
  // Over the extra channel the program learns at once when we are killed: nobody would pass signals on to it any more.
  return run(nodeToUse(major), [entry, ...args], ['inherit', 'inherit', 'inherit', 'ipc']);
}

async function installIfNeeded() {
  if (isInstalled()) return;
  await waitForOtherInstall();
  if (isInstalled()) return;
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(busy, String(process.pid));
  try {
    process.stdout.write('Installing packages (about a minute, only the first time) ...\n');
    await npmInstall();
  } finally {
    rmSync(busy, { force: true });
  }
}

/** Compares what npm wrote down when it had installed with the lockfile. Times would not do: a clone or a checkout renews them. */
function isInstalled() {
  const there = packagesIn(join(modules, '.package-lock.json'));
  return Object.entries(packagesIn(join(root, 'package-lock.json')))
    .filter(([path, wanted]) => path !== '' && (!wanted.optional || there[path])) // optional: perhaps of another platform
    .every(([path, wanted]) => there[path]?.version === wanted.version);
}

function packagesIn(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}

/** `npm ci` begins by removing node_modules, so two at once would ruin each other. */
async function waitForOtherInstall() {
  for (let told = false; isOtherInstalling(); told = true) {
    if (!told) process.stdout.write('Waiting for another install in this folder ...\n');
    await delay(500);
  }
}

function isOtherInstalling() {
  try {
    process.kill(Number(readFileSync(busy, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

async function npmInstall() {
  const ended = await npm('ci');
  if (ended.code === 0) return;
  // npm 11 refuses a lockfile without the packages of other platforms, which a registry that lacks them makes. The same
  // locked versions then go in this way.
  if (/\bEUSAGE\b/.test(ended.errors) && (await npm('install', '--no-save')).code === 0) return;
  process.stderr.write(ended.errors);
  throw new Problem('The packages could not be installed: see what npm says above. `npm ci` tries again.');
}

async function npm(...command) {
  // Vite and the tests are development packages, which NODE_ENV=production would leave out.
  const args = [...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const own = process.env.npm_execpath ?? '';
  const ended = /npm-cli\.c?js$/.test(own)
    ? await run(process.execPath, [own, ...args], ['ignore', 'ignore', 'pipe'])
    : await run('npm', args, ['ignore', 'ignore', 'pipe']);
  if (ended.signal) exitLike(ended);
  return ended;
}

function nodeToUse(major) {
  if (existsSync(node24)) return node24;
  if (major >= 24) return process.execPath;
  throw new Problem(
    'npm did not install Node 24 (node_modules/.bin/node), because it may not run install scripts. ' +
      'Run `npm ci --ignore-scripts=false` and try again, or install Node 24 yourself.',
  );
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program to its end, passing on the signals that reach us. */
function run(program, args, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of forwarded) process.on(signal, forward);
    const stopWatching = onceParentIsGone(() => child.kill('SIGTERM'));
    const over = () => {
      for (const signal of forwarded) process.off(signal, forward);
      stopWatching();
    };
    child.once('error', (error) => {
      over();
      reject(new Problem(`${program} cannot be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      over();
      resolve({ code, signal, errors });
    });
  });
}

/** A killed npm cannot tell us, but whoever stopped it meant us too. Started by hand (`node launch/first.mjs start &`) we stay. */
function onceParentIsGone(act) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return () => clearInterval(timer);
}

function exitLike({ code, signal }) {
  if (signal) process.kill(process.pid, signal);
  process.exit(code ?? 1);
}

try {
  exitLike(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Problem ? error.message : error.stack}\n`);
  process.exit(1);
}
