import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './paths.ts';

/** The Node that is installed on the machine, which may be as old as 20.19, and our own. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node', process.env.SYSTEM_NODE ?? ''].find(existsSync);
const nodes = [process.execPath, systemNode].filter((node) => node !== undefined);

const lockfile = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b-darwin': { version, optional: true } },
  });

/** A clone with nothing in it but first.mjs, one command and an npm that notes how it was called. */
function clone() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-first-'));
  mkdirSync(join(folder, 'launch'));
  copyFileSync(join(root, 'launch', 'first.mjs'), join(folder, 'launch', 'first.mjs'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'package-lock.json'), lockfile('1.0.0'));
  const npm = join(folder, 'npm-cli.js');
  const installs = join(folder, 'installs');
  writeFileSync(
    npm,
    `import { appendFileSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
    appendFileSync(${JSON.stringify(installs)}, process.argv.slice(2).join(' ') + '\\n');
    if (process.env.NPM_SAYS === 'no' || (process.env.NPM_SAYS === 'out of sync' && process.argv[2] === 'ci')) {
      console.error(process.env.NPM_SAYS === 'no' ? 'npm error 503' : 'npm error code EUSAGE');
      process.exit(1);
    }
    mkdirSync('node_modules/.bin', { recursive: true });
    copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
    try { symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node'); } catch {}`,
  );
  return {
    folder,
    npm,
    installs: () => (existsSync(installs) ? readFileSync(installs, 'utf8').trim().split('\n') : []),
  };
}

type Clone = ReturnType<typeof clone>;

function command({ folder }: Clone, name: string, code: string): void {
  writeFileSync(join(folder, 'launch', `${name}.ts`), code);
}

function env({ npm }: Clone, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, npm_execpath: npm, ...more };
}

function run(node: string, house: Clone, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const ended = spawnSync(node, [join(house.folder, 'launch', 'first.mjs'), ...args], {
    encoding: 'utf8',
    env: env(house, more),
  });
  return { code: ended.status, out: ended.stdout, errors: ended.stderr };
}

/** What a process says, as it comes. */
function listenTo(child: ChildProcess): () => string {
  let all = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  return () => all;
}

const patient = `process.on('SIGTERM', () => { console.log('down'); process.exit(5); }); console.log('up'); setInterval(() => {}, 1000);`;

describe.each(nodes)('first.mjs under %s', (node) => {
  it('installs what is missing, goes on under Node 24 and hands on arguments and exit code', () => {
    const house = clone();
    command(
      house,
      'say',
      'const args: string[] = process.argv.slice(2); console.log(process.version, args); process.exit(7);',
    );
    const { code, out } = run(node, house, ['say', '--loud', 'x y']);
    expect(out).toContain('Installing packages');
    expect(out).toContain(`${process.version} [ '--loud', 'x y' ]`);
    expect(code).toBe(7);
    expect(house.installs()).toEqual([expect.stringMatching(/^ci --include=dev/)]);
  });

  it('installs again only when the lockfile asks for something else', () => {
    const house = clone();
    command(house, 'say', 'console.log("said")');
    run(node, house, ['say']);
    expect(run(node, house, ['say']).out).toBe('said\n');
    writeFileSync(join(house.folder, 'package-lock.json'), lockfile('2.0.0'));
    run(node, house, ['say']);
    expect(house.installs()).toHaveLength(2);
  });

  it('hands on a signal and waits until the program has ended', async () => {
    const house = clone();
    command(house, 'wait', patient);
    const child = spawn(node, [join(house.folder, 'launch', 'first.mjs'), 'wait'], { env: env(house) });
    await expect.poll(listenTo(child)).toContain('up');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([5, null]);
  });

  it('is missed by the program when it is killed', async () => {
    const house = clone();
    const mark = join(house.folder, 'noticed');
    command(
      house,
      'wait',
      `import { writeFileSync } from 'node:fs';
      process.on('disconnect', () => { writeFileSync(${JSON.stringify(mark)}, ''); process.exit(); });
      console.log('up');`,
    );
    const child = spawn(node, [join(house.folder, 'launch', 'first.mjs'), 'wait'], { env: env(house) });
    await expect.poll(listenTo(child)).toContain('up');
    child.kill('SIGKILL');
    await expect.poll(() => existsSync(mark)).toBe(true);
  });

  it('passes on when the shell or npm that started it is killed', async () => {
    const house = clone();
    command(house, 'wait', patient);
    const first = join(house.folder, 'launch', 'first.mjs');
    const script = `"${node}" "${first}" wait & wait`;
    const shell = spawn('sh', ['-c', script], { env: env(house, { npm_lifecycle_event: 'start' }) });
    const heard = listenTo(shell);
    await expect.poll(heard).toContain('up');
    shell.kill('SIGKILL');
    await expect.poll(heard).toContain('down');
  });

  it('installs the locked versions in another way when npm finds platforms missing in the lockfile', () => {
    const house = clone();
    command(house, 'say', 'console.log("said")');
    expect(run(node, house, ['say'], { NPM_SAYS: 'out of sync' })).toMatchObject({ code: 0, errors: '' });
    expect(house.installs().map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['ci', '--include=dev'],
      ['install', '--no-save'],
    ]);
  });

  it('shows what npm says when nothing can be installed', () => {
    const { code, errors } = run(node, prepared('say', ''), ['say'], { NPM_SAYS: 'no' });
    expect(code).toBe(1);
    expect(errors).toBe(
      'npm error 503\nThe packages could not be installed: see what npm says above. `npm ci` tries again.\n',
    );
  });

  it('says when there is no such command', () => {
    expect(run(node, clone(), ['nope'])).toMatchObject({
      code: 1,
      errors: 'There is no command "nope". Try: npm start\n',
    });
  });
});

function prepared(name: string, code: string): Clone {
  const house = clone();
  command(house, name, code);
  return house;
}
