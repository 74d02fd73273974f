import { drawCrew, type SketchedAgent, type SketchedTask } from './draw.ts';
import { lessonPlanner } from './examples/lessonPlanner.ts';
import { marketEntry } from './examples/marketEntry.ts';
import { newsletter } from './examples/newsletter.ts';
import type { Sample } from './examples/Sample.ts';
import { tripBudget } from './examples/tripBudget.ts';
import type { CrewGraph } from './schema.ts';

/** What people find in a new workspace and in the create menu. The first is the one to run first. */
export const samples: readonly Sample[] = [marketEntry, newsletter, lessonPlanner, tripBudget];

// Small crews below are for tests and benchmarks: valid, without inputs, with texts that cost nothing to send.

const worker: SketchedAgent = {
  id: 'worker',
  name: 'Worker',
  role: 'Worker',
  goal: 'Do what is asked',
  backstory: 'Works for tests',
};

const task = (id: string, rest: Partial<SketchedTask> = {}): SketchedTask => ({
  id,
  name: id,
  agent: 'worker',
  description: `Do ${id}.`,
  expectedOutput: 'A word.',
  ...rest,
});

const range = (length: number) => Array.from({ length }, (_, index) => index + 1);

/** `t1` to `tn`, each reading the one before. */
export const chain = (length: number): CrewGraph =>
  drawCrew({
    agents: [worker],
    tasks: range(length).map((n) => task(`t${n}`, n > 1 ? { reads: [`t${n - 1}`] } : {})),
  });

/** `start`, then `left` and `right` side by side, then `join`, which reads both. */
export const diamond: CrewGraph = drawCrew({
  process: 'parallel',
  agents: [worker],
  tasks: [
    task('start'),
    task('left', { reads: ['start'] }),
    task('right', { reads: ['start'] }),
    task('join', { reads: ['left', 'right'] }),
  ],
});

/** `t1` to `tn` at once, then `join`, which reads all. */
export function parallelJoin(width: number): CrewGraph {
  const ids = range(width).map((n) => `t${n}`);
  return drawCrew({
    process: 'parallel',
    agents: [worker],
    tasks: [...ids.map((id) => task(id)), task('join', { reads: ids })],
  });
}

/** CrewAI's async tasks: `first`, then `second` and `third` at once, then `last`, which joins them and reads all. */
export const asyncJoin: CrewGraph = drawCrew({
  agents: [worker],
  tasks: [task('first'), task('second', { async: true }), task('third', { async: true }), task('last')],
});

/** One task whose agent may calculate and ask for the time, a few rounds long at most. */
export const toolLoop: CrewGraph = drawCrew({
  agents: [{ ...worker, tools: ['calculator', 'current_time'], maxIterations: 5 }],
  tasks: [task('sum', { description: 'Add 17 and 25 with the calculator.' })],
});

/** The diamond with a calculator in its left branch: side by side, a tool loop, and a join. */
export const toolDiamond: CrewGraph = drawCrew({
  process: 'parallel',
  agents: [worker],
  tasks: [
    task('start'),
    task('left', { reads: ['start'], tools: ['calculator'] }),
    task('right', { reads: ['start'] }),
    task('join', { reads: ['left', 'right'] }),
  ],
});
