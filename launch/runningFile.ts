import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Identity, isAlive, ownIdentity } from './identity.ts';

/** What runs on a DATA_DIR, so that the next start can find, and if need be clean up, what this one left. */
export const RunningState = z.object({
  launcher: Identity,
  /** Where the studio answers, once it does. */
  url: z.string().optional(),
  /** Temporal's own web page, for developers. */
  temporalUrl: z.string().optional(),
  stopping: z.boolean(),
  children: z.record(z.string(), Identity),
});
export type RunningState = z.infer<typeof RunningState>;

export interface RunningFile {
  readonly update: (change: Partial<Pick<RunningState, 'url' | 'temporalUrl' | 'stopping'>>) => void;
  readonly add: (name: string, identity: Identity) => void;
  readonly remove: (name: string) => void;
  /** Removes every trace: nothing of this launcher runs any more. */
  readonly close: () => void;
}

/** The parts whose process ids others may rely on, as `DATA_DIR/pids/NAME.pid`. */
const published = ['postgres', 'temporal', 'api', 'worker'];

export function createRunningFile(dataDir: string): RunningFile {
  let state: RunningState = { launcher: ownIdentity(), stopping: false, children: {} };
  mkdirSync(pidFolder(dataDir), { recursive: true });
  for (const name of published) rmSync(pidFile(dataDir, name), { force: true });
  const save = (next: RunningState) => {
    state = next;
    replaceFile(stateFile(dataDir), JSON.stringify(state));
  };
  save(state);
  return {
    update: (change) => save({ ...state, ...change }),
    add: (name, identity) => {
      save({ ...state, children: { ...state.children, [name]: identity } });
      if (published.includes(name)) replaceFile(pidFile(dataDir, name), `${identity.pid}\n`);
    },
    remove: (name) => {
      const { [name]: _gone, ...children } = state.children;
      save({ ...state, children });
      rmSync(pidFile(dataDir, name), { force: true });
    },
    close: () => {
      for (const name of published) rmSync(pidFile(dataDir, name), { force: true });
      rmSync(stateFile(dataDir), { force: true });
    },
  };
}

/** The state that the last launcher on this folder left; undefined after a clean end. */
export function readRunningState(dataDir: string): RunningState | undefined {
  if (!existsSync(stateFile(dataDir))) return undefined;
  try {
    return RunningState.parse(JSON.parse(readFileSync(stateFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

export function isLauncherAlive(state: RunningState): boolean {
  return isAlive(state.launcher);
}

function stateFile(dataDir: string): string {
  return join(dataDir, 'running.json');
}

function pidFolder(dataDir: string): string {
  return join(dataDir, 'pids');
}

function pidFile(dataDir: string, name: string): string {
  return join(pidFolder(dataDir), `${name}.pid`);
}

/** Readers see the old text or the new one, never half of it. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
