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

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const said = trimmed.filter((value) => value !== '');
const uuid = fc.uuid({ version: 7 });

const toolOptions = fc
  .dictionary(
    fc.constantFrom(...TOOLS.map(({ name }) => name)),
    fc
      .record(
        { maxUses: fc.integer({ min: 1, max: 9 }), resultAsAnswer: fc.constant(true) },
        { requiredKeys: [] },
      )
      .filter((options) => Object.keys(options).length > 0),
    { minKeys: 1, maxKeys: 3 },
  )
  .map((options) => ({ ...options }));

/** Line breaks of Windows are none that a file keeps. */
const written = said.filter((value) => !value.includes('\r\n'));

const skills = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom('cite', 'a', 'crew', '1', '2-3', 'null', 'yes'),
      description: said,
      instructions: fc.oneof(fc.constant(''), written),
      always: fc.constant(true),
    },
    { requiredKeys: ['name', 'description', 'instructions'] },
  ),
  { minLength: 1, maxLength: 4, selector: ({ name }) => name },
);

const agentExtras = fc.record({
  skills: maybe(skills),
  toolOptions: maybe(toolOptions),
  fallbackModels: maybe(fc.constant(['openai/gpt-4.1-mini'])),
  topP: maybe(fc.constantFrom(0, 0.5, 1)),
  seed: maybe(fc.nat()),
  stop: maybe(fc.constantFrom(['END'], ['a b', 'c: d'])),
  reasoningEffort: maybe(fc.constantFrom('minimal', 'high')),
  maxRpm: maybe(fc.integer({ min: 1, max: 10_000 })),
  maxExecutionSeconds: maybe(fc.integer({ min: 1, max: 86_400 })),
  maxRetries: maybe(fc.integer({ min: 0, max: 10 })),
  allowDelegation: maybe(fc.boolean()),
  useSystemPrompt: maybe(fc.boolean()),
  systemTemplate: maybe(said),
  promptTemplate: maybe(said),
  responseTemplate: maybe(said),
  respectContextWindow: maybe(fc.boolean()),
  injectDate: maybe(fc.boolean()),
  dateFormat: maybe(fc.constantFrom('%Y-%m-%d', '%d %B: %Y')),
  planning: maybe(
    fc.record({
      effort: fc.constantFrom('low', 'medium', 'high'),
      maxAttempts: fc.option(fc.integer({ min: 1, max: 10 })),
      maxSteps: fc.integer({ min: 1, max: 50 }),
      maxReplans: fc.integer({ min: 0, max: 10 }),
    }),
  ),
  toolFailurePolicy: maybe(fc.constantFrom('ignore', 'warn', 'raise')),
  knowledge: maybe(fc.array(uuid, { minLength: 1, maxLength: 2 })),
  knowledgeLimit: maybe(fc.integer({ min: 1, max: 50 })),
  knowledgeThreshold: maybe(fc.constantFrom(0, 0.25, 1)),
  memory: maybe(fc.boolean()),
  guardrail: maybe(said),
  guardrailMaxRetries: maybe(fc.integer({ min: 0, max: 20 })),
});

const rule = fc.constantFrom(
  { path: 'output.score', op: 'atLeast', value: 3 },
  {
    all: [{ path: 'output', op: 'contains', value: '"x": {y}' }, { not: { path: 'output', op: 'isEmpty' } }],
  },
);

const taskExtras = fc.record({
  toolOptions: maybe(toolOptions),
  outputSchema: maybe(
    fc.constant({
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'string' } } },
      required: ['a'],
    }),
  ),
  guardrails: maybe(
    fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('model'), instruction: said }),
        fc.record({ kind: fc.constant('rule'), rule, message: text }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  guardrailMaxRetries: maybe(fc.integer({ min: 0, max: 20 })),
  condition: maybe(rule),
  humanInput: maybe(fc.boolean()),
  toolFailurePolicy: maybe(fc.constantFrom('ignore', 'warn', 'raise')),
  triggerPayload: maybe(fc.boolean()),
  callback: maybe(fc.constant({ url: 'https://example.com/hook?a=b#c' })),
});

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

const both = <A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }));

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

const crewSettings = fc.record({
  skills: maybe(skills),
  managerModel: maybe(fc.constantFrom('openai/gpt-4.1', 'anthropic/claude-haiku-4-5')),
  planning: maybe(fc.boolean()),
  planningModel: maybe(fc.constant('openai/gpt-4.1-mini')),
  memory: maybe(fc.boolean()),
  cache: maybe(fc.boolean()),
  maxRpm: maybe(fc.integer({ min: 1, max: 10_000 })),
  toolFailurePolicy: maybe(fc.constantFrom('ignore', 'warn', 'raise')),
});

/** CrewAI leads a hierarchical crew by an agent or by a model; where nobody says, the export names one. */
const settingsFor = (process: string, settings: { readonly managerModel?: string | undefined }) => {
  const managerModel = settings.managerModel ?? (process === 'hierarchical' ? 'openai/gpt-4.1' : undefined);
  const told = Object.entries({ ...settings, managerModel }).filter(([, value]) => value !== undefined);
  return told.length === 0 ? {} : { settings: Object.fromEntries(told) };
};

const position = fc.constant({ x: 0, y: 0 });

/** Any crew that could be drawn, in which every task has an agent and nothing goes in circles. */
export const anyCrew: fc.Arbitrary<CrewGraph> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }))
  .chain(([agentCount, taskCount]) => ids(agentCount + taskCount).map((all) => ({ agentCount, all })))
  .chain(({ agentCount, all }) => {
    const [agentIds, taskIds] = [all.slice(0, agentCount), all.slice(agentCount)];
    const nodes = [
      ...agentIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          kind: fc.constant('agent'),
          position,
          data: both(agentData, agentExtras),
        }),
      ),
      ...taskIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          kind: fc.constant('task'),
          position,
          data: both(taskData, taskExtras),
        }),
      ),
    ];
    return fc.record({
      process: fc.constantFrom('sequential', 'parallel', 'hierarchical'),
      settings: crewSettings,
      nodes: fc
        .tuple(...nodes)
        .chain((made) => fc.shuffledSubarray<unknown>(made, { minLength: made.length })),
      agents: fc.tuple(
        ...taskIds.map((to) => fc.constantFrom(...agentIds).map((from) => ({ kind: 'assigned', from, to }))),
      ),
      lines: lines(taskIds),
    });
  })
  .map(({ process, settings, nodes, agents, lines: between }) =>
    CrewGraph.parse({
      process,
      ...settingsFor(process, settings),
      nodes,
      edges: [...agents, ...between].map((edge, index) => ({ id: `e${index}`, ...edge })),
    }),
  );

export const anyName: fc.Arbitrary<string> = trimmed.filter((name) => name !== '');
