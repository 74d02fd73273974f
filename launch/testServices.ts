import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asRole } from './asRole.ts';
import { copyDatabase } from './copyDatabase.ts';
import { identify } from './identity.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { endLeftovers } from './leftovers.ts';
import { lastWords } from './logs.ts';
import { node, root } from './paths.ts';
import { startPostgres } from './postgres.ts';
import { runProcess } from './processes.ts';
import { createRunningFile, isLauncherAlive, readRunningState } from './runningFile.ts';
import { startTemporal } from './temporal.ts';

const prefix = 'troupe-test-';

export interface TestServices {
  /** What tests find the services by. */
  readonly env: Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** One Postgres with a database for each worker, one Temporal and one workflow bundle, for all the tests of a run. */
export async function startTestServices(): Promise<TestServices> {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(dataDir, 0o711); // root's Postgres is another user
  const running = createRunningFile(dataDir);
  const note = (name: string, pid: number) => {
    const identity = identify(pid);
    if (identity) running.add(name, identity);
  };
  const workflowBundle = join(dataDir, 'workflow.cjs');
  const [postgres, temporal] = await Promise.all([
    startDatabase(dataDir, note),
    startTemporal({ logFile: join(dataDir, 'temporal.log') }).then((server) => {
      note('temporal', server.pid);
      return server;
    }),
    bundle(workflowBundle, join(dataDir, 'bundle.log')),
  ]);
  const stop = async () => {
    await Promise.all([postgres.kill(), temporal.kill()]); // nothing in them is kept
    running.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    env: {
      TEST_DATABASE_OWNER_URL: postgres.url,
      TEST_DATABASE_URL: asRole(postgres.url, 'troupe_app', appPassword),
      TEST_APP_PASSWORD: appPassword,
      TEST_TEMPORAL_ADDRESS: temporal.address,
      TEST_WORKFLOW_BUNDLE: workflowBundle,
    },
    stop,
  };
}

const appPassword = 'test';

async function startDatabase(dataDir: string, note: (name: string, pid: number) => void) {
  const postgres = await startPostgres({ dataDir, password: 'test', database: 'test', isForTests: true });
  note('postgres', postgres.pid);
  const { migrate } = await import('#api/database/migrate.ts');
  await migrate({ ownerUrl: postgres.url, appPassword });
  await copyDatabase(postgres.url);
  return postgres;
}

async function bundle(file: string, logFile: string): Promise<void> {
  const args = [join(root, 'launch', 'bundleWorkflow.ts'), file];
  const { exited } = await runProcess({
    command: node,
    args,
    env: process.env,
    cwd: root,
    logFile,
    stopSignal: 'SIGTERM',
  });
  if ((await exited).code !== 0)
    throw new LaunchProblem(`The workflow could not be bundled: ${lastWords(logFile).join('\n')}`);
}

/** Ends and removes what test runs left that were killed. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const state = readRunningState(folder);
    if (!state || isLauncherAlive(state)) continue;
    await endLeftovers(state);
    rmSync(folder, { recursive: true, force: true });
  }
}
