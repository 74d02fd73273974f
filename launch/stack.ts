import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildStudio, bundleWorkflow, workflowBundle } from './builds.ts';
import { childEnvironment } from './childEnvironment.ts';
import { startDatabase } from './database.ts';
import type { House } from './house.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { node, root } from './paths.ts';
import { claimPort } from './ports.ts';
import type { ProcessSpec } from './processes.ts';
import { startTemporalServer } from './temporalServer.ts';
import { say } from './terminal.ts';

const readyTimeoutMs = 60_000;

export interface StackOptions {
  /** Vite serves the studio and reloads it as its files change, instead of the api serving a built one. */
  readonly liveStudio: boolean;
}

/** Starts all the parts, at the same time what does not depend on each other. Returns the address at which the studio answers. */
export async function startStack(house: House, { liveStudio }: StackOptions): Promise<string> {
  const { settings } = house;
  const port = await claimPort({ preferred: settings.port });
  if (port !== settings.port) say(`Port ${settings.port} is taken by another program, so this is ${port}.`);
  const url = `http://127.0.0.1:${port}`;
  const apiPort = liveStudio ? await claimPort() : port;
  const [databaseUrl, temporalAddress] = await Promise.all([
    startDatabase(house),
    startTemporalServer(house),
    bundleWorkflow(house),
    liveStudio ? startLiveStudio(house, port, apiPort) : buildStudio(house),
  ]);
  const env = childEnvironment(house, { apiPort, url, databaseUrl, temporalAddress });
  await Promise.all([
    house.startChild('api', nodeSpec(house, 'api', ['api/main.ts'], env)),
    house.startChild(
      'worker',
      nodeSpec(house, 'worker', ['worker/main.ts'], { ...env, WORKFLOW_BUNDLE: workflowBundle }),
    ),
  ]);
  await untilAnswered(house, `http://127.0.0.1:${apiPort}/health/ready`);
  await untilAnswered(house, `${url}/`);
  house.running.update({ url });
  house.ready();
  return url;
}

async function startLiveStudio(house: House, port: number, apiPort: number): Promise<void> {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const where = ['--host', '127.0.0.1', '--port', String(port), '--strictPort'];
  const env = { ...house.settings.env, API_URL: `http://127.0.0.1:${apiPort}` };
  await house.startChild(
    'studio',
    nodeSpec(house, 'studio', [vite, '--config', 'studio/vite.config.ts', ...where], env),
  );
}

function nodeSpec(house: House, name: string, args: readonly string[], env: NodeJS.ProcessEnv): ProcessSpec {
  return { command: node, args, env, cwd: root, logFile: house.logFile(name), stopSignal: 'SIGTERM' };
}

/** Asks until it answers well. What it said last tells people what is missing when it never does. */
async function untilAnswered(house: House, url: string): Promise<void> {
  let last = 'nothing';
  for (const deadline = Date.now() + readyTimeoutMs; Date.now() < deadline; ) {
    last = await Promise.race([house.spoiled, ask(url)]);
    if (last === 'ok') return;
    await Promise.race([house.spoiled, delay(50)]);
  }
  throw new LaunchProblem(
    `${url} does not answer well after ${readyTimeoutMs / 1000} s (last answer: ${last}). Logs: ${house.settings.logDir}`,
  );
}

async function ask(url: string): Promise<string> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/html, application/json' },
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.text();
    return response.ok ? 'ok' : `${response.status} ${body.slice(0, 300)}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error ? cause.message : String(error);
  }
}
