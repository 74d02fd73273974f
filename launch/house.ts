import { setTimeout as delay } from 'node:timers/promises';
import { openDataFolder } from './dataFolder.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { errorInLine } from './logLine.ts';
import { followLog, type LogTail, lastWords, openLog } from './logs.ts';
import { type ProcessSpec, type RunningProcess, runProcess } from './processes.ts';
import type { RunningFile } from './runningFile.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { createSupervisor, type Ending, type Supervisor } from './supervisor.ts';
import { warn } from './terminal.ts';

/** Falls in a row after which a child that never was well will hardly get well by itself. */
const patience = 3;

export interface TaskOptions {
  readonly name: string;
  /** Begins the sentence when it fails: "The studio could not be built". */
  readonly failure: string;
  readonly spec: Omit<ProcessSpec, 'logFile'>;
}

/** All that runs on one DATA_DIR: its children, their logs and process ids, and how they end. */
export interface House {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly running: RunningFile;
  readonly logFile: (name: string) => string;
  readonly startChild: (name: string, spec: ProcessSpec) => Promise<RunningProcess>;
  readonly restartChild: (name: string) => Promise<void>;
  /** Runs something to its end. */
  readonly runTask: (options: TaskOptions) => Promise<void>;
  /** Rejects as soon as the house cannot become ready any more; never, once `ready` was called. */
  readonly spoiled: Promise<never>;
  readonly ready: () => void;
  /** Ends everything in order, within 15 seconds. */
  readonly stop: () => Promise<void>;
  readonly killNow: () => Promise<void>;
}

export async function openHouse(settings: Settings): Promise<House> {
  const { running, release } = await openDataFolder(settings.dataDir);
  const secrets = loadSecrets(settings.dataDir);
  const tails = new Map<string, LogTail>();
  const logs = new Map<string, string>();
  const tasks = new Map<string, RunningProcess>();
  let isReady = false;
  let isStopping = false;
  const { promise: spoiled, reject: spoil } = Promise.withResolvers<never>();
  spoiled.catch(() => {}); // may be rejected before or after anybody waits for it

  const logFile = (name: string) => {
    const file = logs.get(name) ?? openLog(settings.logDir, name);
    logs.set(name, file);
    return file;
  };

  const follow = (name: string) => {
    if (tails.has(name)) return;
    const show = (line: string) => {
      const error = errorInLine(line);
      if (error && !isStopping) warn(`[${name}] ${error}`);
    };
    tails.set(name, followLog(logFile(name), show));
  };

  const onFall = ({ name, exit, falls, restartInMs }: Ending) => {
    tails.get(name)?.read();
    const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
    const why = exit.code ? ['', ...lastWords(logFile(name))].join(`\n[${name}]   `) : '';
    if (!isReady && falls >= patience) {
      spoil(new LaunchProblem(`${name} does not start: it ${how}.${why}\nIts log: ${logFile(name)}`));
    } else if (isReady) warn(`[${name}] ${how} and is started again in ${restartInMs / 1000} s.${why}`);
  };

  const supervisor = createSupervisor({
    onStarted: (name, child) => running.add(name, child.identity),
    onEnded: (name) => running.remove(name),
    onFall,
  });

  const killTasks = () => Promise.all([...tasks.values()].map((task) => task.kill()));

  const close = () => {
    for (const tail of tails.values()) tail.close();
    running.close();
    release();
  };

  return {
    settings,
    secrets,
    running,
    logFile,
    spoiled,
    startChild: (name, spec) => {
      follow(name);
      return supervisor.start(name, spec);
    },
    restartChild: (name) => supervisor.restart(name, 2000),
    runTask: async ({ name, failure, spec }) => {
      if (isStopping) throw new LaunchProblem('Stopped.');
      const file = logFile(name);
      const task = await runProcess({ ...spec, logFile: file });
      tasks.set(name, task);
      running.add(name, task.identity);
      const { code } = await task.exited;
      tasks.delete(name);
      running.remove(name);
      if (code !== 0)
        throw new LaunchProblem(`${failure}:\n  ${lastWords(file).join('\n  ')}\nAll of it: ${file}`);
    },
    ready: () => {
      isReady = true;
    },
    stop: async () => {
      isStopping = true;
      running.update({ stopping: true });
      supervisor.close();
      await killTasks();
      await stopInOrder(supervisor);
      close();
    },
    killNow: async () => {
      isStopping = true;
      supervisor.close();
      await Promise.all([killTasks(), supervisor.killAll()]);
      close();
    },
  };
}

/**
 * The worker gives model calls that are under way ten seconds to end, and needs a moment more to note those that did not. Temporal and Postgres usually end in one or two;
 * when the worker needed all its time they are killed sooner, and lose nothing by it.
 */
async function stopInOrder(supervisor: Supervisor): Promise<void> {
  const deadline = Date.now() + 14_000;
  await supervisor.stop('studio', 500);
  const api = supervisor.stop('api', 2000);
  await Promise.race([api, delay(1000)]); // streams to browsers may keep it, which the worker need not wait for
  await Promise.all([api, supervisor.stop('worker', 11_500)]);
  await supervisor.stop('temporal', Math.max(1000, deadline - Date.now() - 1500));
  await supervisor.stop('postgres', Math.max(1000, deadline - Date.now()));
}
