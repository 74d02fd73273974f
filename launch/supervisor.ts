import { type Exit, type ProcessSpec, type RunningProcess, runProcess } from './processes.ts';

const firstDelayMs = 300;
const longestDelayMs = 5000;
/** A child that ran this long was well: the next fall counts as the first. */
const steadyMs = 10_000;

export interface Ending {
  readonly name: string;
  readonly exit: Exit;
  /** Falls in a row, this one included. */
  readonly falls: number;
  readonly restartInMs: number;
}

export interface SupervisorEvents {
  readonly onStarted?: (name: string, child: RunningProcess) => void;
  readonly onEnded?: (name: string) => void;
  /** A child ended although nobody had asked it to; it will be started again. */
  readonly onFall?: (ending: Ending) => void;
}

export interface Supervisor {
  readonly start: (name: string, spec: ProcessSpec) => Promise<RunningProcess>;
  /** Stops the child and starts it again at once, with what it was started with or with something new. */
  readonly restart: (name: string, graceMs: number) => Promise<void>;
  readonly running: (name: string) => RunningProcess | undefined;
  readonly stop: (name: string, graceMs: number) => Promise<void>;
  /** From now on nothing is started, nor started again. */
  readonly close: () => void;
  readonly killAll: () => Promise<void>;
}

interface Child {
  readonly name: string;
  readonly spec: ProcessSpec;
  process: RunningProcess | undefined;
  starting: Promise<unknown> | undefined;
  startedAt: number;
  falls: number;
  timer: NodeJS.Timeout | undefined;
  wanted: boolean;
}

/** Named children that are started again when they die, sooner at first and then more patiently. */
export function createSupervisor(events: SupervisorEvents = {}): Supervisor {
  const children = new Map<string, Child>();
  let closed = false;

  async function run(child: Child): Promise<RunningProcess> {
    if (closed) throw new Error(`${child.name} is not started any more`);
    const running = await runProcess(child.spec);
    child.process = running;
    child.startedAt = Date.now();
    events.onStarted?.(child.name, running);
    void running.exited.then((exit) => ended(child, running, exit));
    if (closed || !child.wanted) await running.kill(); // told to end while it was being born
    return running;
  }

  function ended(child: Child, running: RunningProcess, exit: Exit): void {
    if (child.process !== running) return;
    child.process = undefined;
    events.onEnded?.(child.name);
    fell(child, exit);
  }

  function fell(child: Child, exit: Exit): void {
    if (closed || !child.wanted) return;
    child.falls = Date.now() - child.startedAt > steadyMs ? 1 : child.falls + 1;
    const restartInMs = delayAfter(child.falls);
    events.onFall?.({ name: child.name, exit, falls: child.falls, restartInMs });
    child.timer = setTimeout(() => {
      child.timer = undefined;
      child.starting = run(child).catch(() => fell(child, { code: null, signal: null }));
    }, restartInMs);
  }

  async function quieten(child: Child): Promise<void> {
    child.wanted = false;
    clearTimeout(child.timer);
    await child.starting?.catch(() => {});
  }

  return {
    start: async (name, spec) => {
      if (children.get(name)?.wanted) throw new Error(`${name} is already there`);
      const child: Child = {
        name,
        spec,
        process: undefined,
        starting: undefined,
        startedAt: 0,
        falls: 0,
        timer: undefined,
        wanted: true,
      };
      children.set(name, child);
      const starting = run(child);
      child.starting = starting;
      return starting;
    },
    restart: async (name, graceMs) => {
      const child = children.get(name);
      if (!child) throw new Error(`there is no ${name}`);
      await quieten(child);
      await child.process?.stop(graceMs);
      child.wanted = true;
      child.falls = 0;
      await run(child);
    },
    running: (name) => children.get(name)?.process,
    stop: async (name, graceMs) => {
      const child = children.get(name);
      if (!child) return;
      await quieten(child);
      await child.process?.stop(graceMs);
    },
    close: () => {
      closed = true;
    },
    killAll: async () => {
      const all = [...children.values()];
      for (const child of all) child.wanted = false;
      for (const child of all) clearTimeout(child.timer);
      await Promise.all(all.map((child) => child.process?.kill()));
    },
  };
}

/** 0.3 s, doubling up to 5 s. */
export function delayAfter(falls: number): number {
  return Math.min(firstDelayMs * 2 ** (falls - 1), longestDelayMs);
}
