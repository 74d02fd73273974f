import fc from 'fast-check';
import { type CrewSketch, drawCrew, type SketchedTask } from '#workflows/graph/draw.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** A crew and its inputs, as told before it is drawn. */
export interface Told {
  readonly sketch: CrewSketch;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What is done to a crew; numbers choose the node, modulo how many there are. */
type Edit =
  | { readonly what: 'describe' | 'expect' | 'rename' | 'markdown' | 'async' | 'none'; readonly task: number }
  | { readonly what: 'goal' | 'model' | 'temperature' | 'nickname'; readonly agent: number }
  | { readonly what: 'insert' | 'remove' | 'swap'; readonly task: number }
  | { readonly what: 'read' | 'forget' | 'reassign'; readonly task: number; readonly other: number }
  | { readonly what: 'process' | 'input' };

const number = fc.nat({ max: 40 });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constantFrom('describe', 'expect', 'rename', 'markdown', 'async', 'none'),
      task: number,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('goal', 'model', 'temperature', 'nickname'),
      agent: number,
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('insert', 'remove', 'swap'), task: number }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('read', 'forget', 'reassign'),
      task: number,
      other: number,
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('process', 'input') }) },
) as fc.Arbitrary<Edit>;

const told: fc.Arbitrary<Told> = fc
  .record({
    process: fc.constantFrom('sequential', 'parallel'),
    agents: fc.integer({ min: 1, max: 3 }),
    tasks: fc.array(
      fc.record({
        agent: number,
        reads: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
        isAsync: fc.boolean(),
        context: fc.constantFrom('auto', 'none'),
        asks: fc.boolean(),
      }),
      { minLength: 2, maxLength: 7 },
    ),
  })
  .map(({ process, agents, tasks }) => ({
    inputs: { topic: 'rain' },
    sketch: {
      process: process as 'sequential' | 'parallel',
      agents: Array.from({ length: agents }, (_, n) => ({
        id: `a${n}`,
        name: `Agent ${n}`,
        role: `Role ${n}`,
        goal: `Goal ${n}`,
        backstory: 'Works on {topic}'.slice(0, n === 0 ? undefined : 5),
        model: 'openai/gpt-4.1-mini',
      })),
      tasks: tasks.map(({ agent, reads, isAsync, context, asks }, n) => ({
        id: `t${n}`,
        name: `Task ${n}`,
        agent: `a${agent % agents}`,
        description: `Do ${n}${asks ? ' for {topic}' : ''}.`,
        expectedOutput: 'Words.',
        async: isAsync,
        context: context as 'auto' | 'none',
        reads: reads.filter((earlier) => earlier < n).map((earlier) => `t${earlier}`),
      })),
    },
  }));

/** A crew, and the same crew after some edits. */
export const editedCrews = fc
  .record({ before: told, edits: fc.array(edit, { minLength: 1, maxLength: 3 }) })
  .map(({ before, edits }) => ({ before, edits, after: edits.reduce(apply, before) }));

export const draw = ({ sketch }: Told): CrewGraph => drawCrew(sketch);

function apply(before: Told, change: Edit): Told {
  const { sketch } = before;
  const { agents, tasks } = sketch;
  const at = 'task' in change ? change.task % tasks.length : 0;
  const task = tasks[at];
  const setTasks = (next: readonly SketchedTask[]): Told => ({
    ...before,
    sketch: { ...sketch, tasks: next },
  });
  const setTask = (patch: Partial<SketchedTask>) =>
    setTasks(tasks.map((one, place) => (place === at ? { ...one, ...patch } : one)));
  const setAgent = (patch: object): Told => {
    const place = 'agent' in change ? change.agent % agents.length : 0;
    const next = agents.map((one, index) => (index === place ? { ...one, ...patch } : one));
    return { ...before, sketch: { ...sketch, agents: next } };
  };
  if (!task) return before;
  switch (change.what) {
    case 'describe':
      return setTask({ description: `${task.description} Otherwise.` });
    case 'expect':
      return setTask({ expectedOutput: 'Other words.' });
    case 'rename':
      return setTask({ name: `${task.name} renamed` });
    case 'markdown':
      return setTask({ markdown: !task.markdown });
    case 'async':
      return setTask({ async: !task.async });
    case 'none':
      return setTask({ context: task.context === 'none' ? 'auto' : 'none' });
    case 'goal':
      return setAgent({ goal: 'Another goal' });
    case 'model':
      return setAgent({ model: 'openai/gpt-4.1' });
    case 'temperature':
      return setAgent({ temperature: 0.5 });
    case 'nickname':
      return setAgent({ name: 'Nick' });
    case 'insert':
      return setTasks(tasks.toSpliced(at, 0, { ...task, id: `n${tasks.length}`, description: 'A new one.' }));
    case 'remove':
      return setTasks(without(tasks, task.id));
    case 'swap':
      return setTasks(swapped(tasks, at));
    case 'read':
      return setTask({ reads: [...new Set([...(task.reads ?? []), ...earlier(tasks, at, change.other)])] });
    case 'forget':
      return setTask({ reads: (task.reads ?? []).slice(1) });
    case 'reassign':
      return setTask({ agent: agents[change.other % agents.length]?.id });
    case 'process': {
      const process = sketch.process === 'parallel' ? 'sequential' : 'parallel';
      return { ...before, sketch: { ...sketch, process } };
    }
    case 'input':
      return { ...before, inputs: { topic: 'snow' } };
  }
}

function without(tasks: readonly SketchedTask[], id: string): readonly SketchedTask[] {
  if (tasks.length < 2) return tasks;
  return tasks
    .filter((task) => task.id !== id)
    .map((task) => ({ ...task, reads: (task.reads ?? []).filter((read) => read !== id) }));
}

/** With the one after it, unless that reads it: nothing may read what comes later. */
function swapped(tasks: readonly SketchedTask[], at: number): readonly SketchedTask[] {
  const [first, second] = [tasks[at], tasks[at + 1]];
  if (!first || !second || second.reads?.includes(first.id)) return tasks;
  return tasks.toSpliced(at, 2, second, first);
}

const earlier = (tasks: readonly SketchedTask[], at: number, other: number): string[] => {
  const task = tasks[other % (at || 1)];
  return at > 0 && task ? [task.id] : [];
};
