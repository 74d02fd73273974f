import { CrewGraph, type CrewGraphInput } from '#workflows/graph/schema.ts';

type Node = CrewGraphInput['nodes'][number];
const position = { x: 0, y: 0 };

const task = (id: string, parentId?: string): Node => ({
  id,
  kind: 'task',
  position,
  ...(parentId ? { parentId } : {}),
  data: { name: id, description: `Do ${id}.`, expectedOutput: 'A word.' },
});

/**
 * A crew that decides and repeats: `first` gives a list; `each` reads and judges its items; `middle` reads what came of
 * that; a router sends it on to `left` or `right`; `last` reads either. `aside` waits for nobody.
 */
export const controlledCrew: CrewGraph = CrewGraph.parse({
  process: 'parallel',
  nodes: [
    {
      id: 'worker',
      kind: 'agent',
      position,
      data: {
        name: 'Worker',
        role: 'Worker',
        goal: 'Work',
        backstory: 'Works',
        model: 'openai/gpt-4.1-mini',
      },
    },
    task('first'),
    task('aside'),
    { id: 'each', kind: 'map', position, data: { name: 'each', items: 'answer.first' } },
    task('read', 'each'),
    task('judge', 'each'),
    task('middle'),
    {
      id: 'way',
      kind: 'router',
      position,
      data: {
        name: 'way',
        outcomes: [{ name: 'Left', rule: { path: 'answer.middle', op: 'isNotEmpty' } }],
        otherwise: 'Right',
      },
    },
    task('left'),
    task('right'),
    task('last'),
  ],
  edges: [
    ...['first', 'aside', 'read', 'judge', 'middle', 'left', 'right', 'last'].map((to) => ({
      id: `assigned-${to}`,
      kind: 'assigned' as const,
      from: 'worker',
      to,
    })),
    ...[
      ['first', 'each'],
      ['read', 'judge'],
      ['each', 'middle'],
      ['middle', 'way'],
      ['left', 'last'],
      ['right', 'last'],
    ].map(([from = '', to = '']) => ({ id: `${from}-${to}`, kind: 'context' as const, from, to })),
    { id: 'way-left', kind: 'branch', from: 'way', to: 'left', outcome: 'Left' },
    { id: 'way-right', kind: 'branch', from: 'way', to: 'right', outcome: 'Right' },
  ],
});
