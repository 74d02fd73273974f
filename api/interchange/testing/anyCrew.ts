import fc from 'fast-check';
import { TOOLS } from '#workflows/catalogue/tools.ts';
import { GraphId } from '#workflows/graph/names.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';

/** Pieces of texts that YAML, Python, JSON, TOML or CrewAI might take for something else. */
const PIECES = [
  ...[
    '"""',
    "'''",
    '"',
    "'",
    '\\',
    '\\n',
    '{{',
    '}}',
    '{topic}',
    '{constructor}',
    '$HOME',
    '%s',
    '`',
    '***',
    '@',
  ],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\n  ',
    ' \n',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '\u007f',
  ],
  ...[
    ': ',
    ' #',
    '# ',
    '- ',
    '? ',
    '! ',
    '&a ',
    '*a',
    '|',
    '>',
    '---',
    '...',
    '[',
    ']',
    '{',
    '}',
    ',',
    '//',
    '/*',
  ],
  ...['yes', 'no', 'null', '~', '010', '1:30', '2024-01-01', '0x1F', '1e3', '<<', '=', 'true', '=1+1'],
  ...[
    '😀',
    'é',
    '日本',
    '\u{10ffff}',
    '\u0007',
    '\u001b',
    'word',
    'A',
    'import os',
    'self.x()',
    ')',
    '__proto__',
  ],
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const trimmed = text.map((value) => value.trim());

const IDS = [
  'n4f9a8x2kd0qz',
  'Write-it',
  'write_it',
  'class',
  'crew',
  'yes',
  '1st',
  'toString-',
  'agents',
  'self',
  'x',
];
const ids = (count: number) =>
  fc.uniqueArray(
    fc
      .oneof(
        fc.constantFrom(...IDS),
        fc.string({ unit: fc.constantFrom(...'aZ9_-'), minLength: 1, maxLength: 12 }),
      )
      .filter((id) => GraphId.safeParse(id).success),
    { minLength: count, maxLength: count },
  );

const tools = fc.shuffledSubarray(TOOLS.map(({ name }) => name));

const agentData = fc.record({
  name: text.map((value) => value.slice(0, 120).toWellFormed()),
  role: text,
  goal: text,
  backstory: text,
  model: fc.constantFrom(
    '',
    'openai/gpt-4.1',
    'anthropic/claude-haiku-4-5',
    'openai/a "b"/c',
    'demo/stand-in',
  ),
  temperature: fc.option(fc.double({ min: 0, max: 2, noNaN: true }).map((number) => number + 0)),
  maxTokens: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  tools,
  maxIterations: fc.oneof(fc.constant(25), fc.integer({ min: 1, max: 500 })),
});

const taskData = fc.record({
  name: text,
  description: text,
  expectedOutput: text,
  tools,
  async: fc.boolean(),
  context: fc.constantFrom('auto', 'none'),
  markdown: fc.boolean(),
  outputFile: fc.option(trimmed.filter((name) => name !== '' && !name.startsWith('/'))),
});

/** Each line leads from a task to one that is later in a hidden order, which need not be the order of nodes. */
const lines = (taskIds: readonly string[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...taskIds], { minLength: taskIds.length }),
      fc.uniqueArray(fc.record({ kind: fc.constantFrom('context', 'next'), a: fc.nat(), b: fc.nat() }), {
        maxLength: 2 * taskIds.length,
        selector: ({ kind, a, b }) => `${kind} ${a % taskIds.length} ${b % taskIds.length}`,
      }),
    )
    .map(([order, pairs]) =>
      pairs.flatMap(({ kind, a, b }) => {
        const [from, to] = [a % order.length, b % order.length];
        return from < to ? [{ kind, from: order[from] ?? '', to: order[to] ?? '' }] : [];
      }),
    );

const position = fc.constant({ x: 0, y: 0 });

/** Any crew that could be drawn, in which every task has an agent and nothing goes in circles. */
export const anyCrew: fc.Arbitrary<CrewGraph> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }))
  .chain(([agentCount, taskCount]) => ids(agentCount + taskCount).map((all) => ({ agentCount, all })))
  .chain(({ agentCount, all }) => {
    const [agentIds, taskIds] = [all.slice(0, agentCount), all.slice(agentCount)];
    const nodes = [
      ...agentIds.map((id) =>
        fc.record({ id: fc.constant(id), kind: fc.constant('agent'), position, data: agentData }),
      ),
      ...taskIds.map((id) =>
        fc.record({ id: fc.constant(id), kind: fc.constant('task'), position, data: taskData }),
      ),
    ];
    return fc.record({
      process: fc.constantFrom('sequential', 'parallel'),
      nodes: fc
        .tuple(...nodes)
        .chain((made) => fc.shuffledSubarray<unknown>(made, { minLength: made.length })),
      agents: fc.tuple(
        ...taskIds.map((to) => fc.constantFrom(...agentIds).map((from) => ({ kind: 'assigned', from, to }))),
      ),
      lines: lines(taskIds),
    });
  })
  .map(({ process, nodes, agents, lines: between }) =>
    CrewGraph.parse({
      process,
      nodes,
      edges: [...agents, ...between].map((edge, index) => ({ id: `e${index}`, ...edge })),
    }),
  );

export const anyName: fc.Arbitrary<string> = trimmed.filter((name) => name !== '');
