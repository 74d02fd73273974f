import fc from 'fast-check';
import { CrewGraph, type CrewGraphInput } from '#workflows/graph/schema.ts';

/** What a crew does one after the other: each reads the one before. */
interface Stage {
  readonly kind: 'task' | 'asks' | 'map' | 'loop' | 'router' | 'crew';
  /** Tasks inside a map or loop, or rounds of a loop. */
  readonly size: number;
  readonly told: number;
}

/** A crew with nodes that decide and repeat, by what it is given alone: what its models say leads nowhere else. */
export interface Controls {
  readonly process: 'sequential' | 'parallel';
  readonly stages: readonly Stage[];
  readonly inputs: Readonly<Record<string, string>>;
}

type Edit =
  | { readonly what: 'tell'; readonly stage: number }
  | { readonly what: 'list'; readonly list: string }
  | { readonly what: 'way'; readonly way: string };

const stage: fc.Arbitrary<Stage> = fc.record({
  kind: fc.constantFrom('task', 'asks', 'map', 'loop', 'router', 'crew'),
  size: fc.integer({ min: 1, max: 2 }),
  told: fc.constant(0),
});

const list = fc.constantFrom('["tea","milk"]', '["milk","tea","rum"]', '["rum"]', '["tea","tea"]', '[]');
const way = fc.constantFrom('left', 'right');

const controls: fc.Arbitrary<Controls> = fc
  .record({
    process: fc.constantFrom('sequential' as const, 'parallel' as const),
    stages: fc.array(stage, { minLength: 2, maxLength: 5 }),
    things: list,
    way,
  })
  .map(({ process, stages, ...inputs }) => ({ process, stages, inputs }));

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('tell' as const), stage: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('list' as const), list }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('way' as const), way }) },
);

/** Such a crew, and the same after some edits; and a number that chooses one of its steps. */
export const editedControls = fc
  .record({
    before: controls,
    edits: fc.array(edit, { minLength: 1, maxLength: 2 }),
    from: fc.nat({ max: 1_000 }),
  })
  .map(({ before, edits, from }) => ({ before, after: edits.reduce(apply, before), from }));

function apply(before: Controls, change: Edit): Controls {
  switch (change.what) {
    case 'tell': {
      const at = change.stage % before.stages.length;
      const stages = before.stages.map((each, place) =>
        place === at ? { ...each, told: each.told + 1 } : each,
      );
      return { ...before, stages };
    }
    case 'list':
      return { ...before, inputs: { ...before.inputs, things: change.list } };
    case 'way':
      return { ...before, inputs: { ...before.inputs, way: change.way } };
  }
}

type Node = CrewGraphInput['nodes'][number];
const position = { x: 0, y: 0 };
const model = 'openai/gpt-4.1-mini';

const agent = (id: string, allowDelegation: boolean): Node => ({
  id,
  kind: 'agent',
  position,
  data: { name: id, role: id, goal: 'Work', backstory: 'Works', model, allowDelegation },
});

const task = (id: string, description: string, parentId?: string): Node => ({
  id,
  kind: 'task',
  position,
  ...(parentId !== undefined && { parentId }),
  data: { name: id, description, expectedOutput: 'A word.' },
});

/** What the crew inside does. */
export const innerCrew = drawn(
  'parallel',
  [
    agent('servant', false),
    task('deep', 'Do deep of {subject}.'),
    task('wide', 'Do wide.'),
    task('both', 'Do both.'),
  ],
  ['servant = deep', 'servant = wide', 'servant = both', 'deep > both', 'wide > both'],
);

/** Draws it; `crew` is the version of the crew inside. */
export function drawStages(
  { process, stages }: Controls,
  crew: { readonly crewId: string; readonly crewVersionId: string },
): CrewGraph {
  const nodes: Node[] = [agent('worker', false), agent('lead', true)];
  const lines: string[] = [];
  let before: readonly string[] = [];
  for (const [at, { kind, size, told }] of stages.entries()) {
    const id = `s${at}`;
    const words = `Do ${id}, ${told}.`;
    let ends = [id];
    if (kind === 'task' || kind === 'asks') {
      nodes.push(task(id, kind === 'asks' ? `Hand on ${id}, ${told}.` : words));
      lines.push(`${kind === 'asks' ? 'lead' : 'worker'} = ${id}`);
    } else if (kind === 'crew') {
      const inputs = { subject: `${told} of {answer}` };
      nodes.push({ id, kind, position, data: { name: id, ...crew, inputs } });
    } else if (kind === 'router') {
      const rule = { path: 'input.way', op: 'equals' as const, value: 'left' };
      nodes.push({
        id,
        kind,
        position,
        data: { name: id, outcomes: [{ name: 'Left', rule }], otherwise: 'Right' },
      });
      ends = ['Left', 'Right'].map((way) => `${id}${way}`);
      for (const way of ['Left', 'Right']) {
        nodes.push(task(`${id}${way}`, `Do ${way}, ${told}.`));
        lines.push(`worker = ${id}${way}`, `${id} ${way} ${id}${way}`);
        for (const earlier of before) lines.push(`${earlier} > ${id}${way}`);
      }
    } else {
      const until = { path: 'round', op: 'atLeast' as const, value: size };
      nodes.push(
        kind === 'map'
          ? { id, kind, position, data: { name: id, items: 'input.things' } }
          : { id, kind, position, data: { name: id, until, maxRounds: 4 } },
      );
      const about = kind === 'map' ? '{item} at {index}' : '{round} after {previous}';
      for (let inside = 0; inside < size; inside += 1) {
        // The last of them alone is told otherwise.
        const own = inside === size - 1 ? told : 0;
        nodes.push(task(`${id}i${inside}`, `Do ${id}i${inside} of ${about}, ${own}.`, id));
        lines.push(`worker = ${id}i${inside}`);
        if (inside > 0) lines.push(`${id}i${inside - 1} > ${id}i${inside}`);
      }
    }
    for (const earlier of before) lines.push(`${earlier} > ${id}`);
    before = ends;
  }
  // Its texts name every value, so that it may be given whatever it decides by.
  nodes.push(task('note', 'Note {things} and {way}.'));
  lines.push('worker = note');
  return drawn(process, nodes, lines);
}

/** Lines as `a > b` (b reads a), `a = b` (a does b), `a Outcome b` (b is done when a comes out so). */
function drawn(process: Controls['process'], nodes: readonly Node[], lines: readonly string[]): CrewGraph {
  const edges = lines.map((line, index) => {
    const [from = '', how = '', to = ''] = line.split(' ');
    const id = `line-${index}`;
    if (how === '=') return { id, kind: 'assigned' as const, from, to };
    return how === '>'
      ? { id, kind: 'context' as const, from, to }
      : { id, kind: 'branch' as const, from, to, outcome: how };
  });
  return CrewGraph.parse({ process, nodes, edges });
}
