import { layoutGraph } from './layout.ts';
import { type ControlKind, CrewGraph, type CrewGraphInput, type NodeOf } from './schema.ts';

// Small crews with nodes that decide and repeat, for tests, histories and crash tests. Each task says `Do <id>.`

type NodeInput = CrewGraphInput['nodes'][number];
const place = { position: { x: 0, y: 0 } };

export const taskIn = (
  id: string,
  parentId?: string,
  data: Partial<NodeOf<'task'>['data']> = {},
): NodeInput => ({
  id,
  kind: 'task',
  ...place,
  ...(parentId ? { parentId } : {}),
  data: { name: id, description: `Do ${id}.`, expectedOutput: 'A word.', ...data },
});

/** A node that decides or repeats. */
export const controlIn = (
  kind: ControlKind,
  id: string,
  data: Readonly<Record<string, unknown>> = {},
  parentId?: string,
) => ({ id, kind, ...place, ...(parentId ? { parentId } : {}), data: { name: id, ...data } });

/**
 * Lines as `a > b` (b reads a), `a ~ b` (b comes after a) and `a = outcome > b` (b is done when a comes out so). One
 * worker does every task.
 */
export function drawControls(
  nodes: readonly unknown[],
  lines: readonly string[] = [],
  options: Pick<CrewGraphInput, 'process' | 'settings'> = { process: 'parallel' },
): CrewGraph {
  const worker = {
    id: 'worker',
    kind: 'agent',
    ...place,
    data: { name: 'Worker', role: 'Worker', goal: 'Work', backstory: 'Works for tests' },
  };
  const graph = CrewGraph.parse({ ...options, nodes: [worker, ...nodes], edges: [] });
  const tasks = graph.nodes.filter(({ kind }) => kind === 'task');
  const edges = [
    ...tasks.map(({ id }) => ({ kind: 'assigned' as const, from: 'worker', to: id })),
    ...lines.map(readLine),
  ];
  return layoutGraph({ ...graph, edges: edges.map((edge, index) => ({ id: `line-${index + 1}`, ...edge })) });
}

const LINE = /^(\w+) (?:(>)|(~)|= (.+) >) (\w+)$/;

function readLine(line: string): Pick<CrewGraph['edges'][number], 'kind' | 'from' | 'to' | 'outcome'> {
  const [, from, reads, after, outcome, to] = LINE.exec(line) ?? [];
  if (from === undefined || to === undefined) throw new Error(`Not a line: ${line}`);
  if (outcome !== undefined) return { kind: 'branch', from, to, outcome };
  return { kind: reads ? 'context' : after ? 'next' : 'context', from, to };
}

const isYes = { path: 'answer.start', op: 'contains', value: 'yes' };

/** `start`; then by its answer `left` or `right`; `join` reads whichever was done. */
export const routed: CrewGraph = drawControls(
  [
    taskIn('start'),
    controlIn('router', 'way', { outcomes: [{ name: 'Left', rule: isYes }], otherwise: 'Right' }),
    taskIn('left'),
    taskIn('leftAfter'),
    taskIn('right'),
    taskIn('join'),
  ],
  [
    'start > way',
    'way = Left > left',
    'left > leftAfter',
    'way = Right > right',
    'leftAfter > join',
    'right > join',
  ],
);

/** `list` gives items; each is read and judged; `sum` reads the answers. */
export const mapped = (
  data: Partial<NodeOf<'map'>['data']> = {},
  inside: readonly string[] = ['read', 'judge'],
): CrewGraph =>
  drawControls(
    [
      taskIn('list'),
      controlIn('map', 'each', { items: 'answer.list', ...data }),
      ...inside.map((id) => taskIn(id, 'each', { description: `Do ${id} of {item}, number {index}.` })),
      taskIn('sum'),
    ],
    ['list > each', 'each > sum', ...inside.slice(1).map((id, index) => `${inside[index] ?? ''} > ${id}`)],
  );

/** `write` again and again, told what came of the round before, until it says that it is good. */
export const looped = (data: Partial<NodeOf<'loop'>['data']> = {}): CrewGraph =>
  drawControls(
    [
      controlIn('loop', 'again', {
        maxRounds: 4,
        until: { path: 'answer.write', op: 'contains', value: 'good' },
        ...data,
      }),
      taskIn('write', 'again', { description: 'Do write, round {round}, after "{previous}".' }),
      taskIn('end'),
    ],
    ['again > end'],
  );
