import { expect, test } from 'vitest';
import { drawCrew } from '../draw.ts';
import { validateGraph } from '../validate.ts';

const problemsOf = (outputSchema: Record<string, unknown>) =>
  validateGraph(
    drawCrew({
      agents: [{ id: 'a', name: 'A', role: 'A', goal: 'B', backstory: 'C' }],
      tasks: [{ id: 't', name: 'T', agent: 'a', description: 'D', expectedOutput: 'E', outputSchema }],
    }),
  ).map(({ code, message }) => `${code}: ${message}`);

test.each([
  {
    type: 'object',
    properties: { a: { type: ['string', 'null'] }, b: { $ref: '#/$defs/B' } },
    $defs: { B: {} },
  },
  { type: 'array', items: { anyOf: [{ type: 'integer' }, { const: 'x' }] } },
  { type: 'object', properties: { child: { $ref: '#' } }, additionalProperties: false },
])('takes a JSON Schema %#', (schema) => {
  expect(problemsOf(schema)).toEqual([]);
});

test.each([
  [{ type: 'text' }, 'the schema has a type that JSON does not know'],
  [{ properties: { a: 'string' } }, '“a” is no schema'],
  [{ properties: ['a'] }, '“properties” is no list of schemas by name'],
  [{ properties: { a: { pattern: '(a+)+$' } } }, '“a” has a regular expression, which is not supported'],
  [{ $ref: 'https://example.com/schema' }, 'the schema refers to something that is not in it'],
  [{ items: { $ref: '#/$defs/Missing' } }, '“items” refers to something that is not in it'],
  [{ required: 'a' }, 'the schema has no list of required names'],
  [{ anyOf: {} }, '“anyOf” is no list of schemas'],
])('says what is wrong with %j', (schema, said) => {
  expect(problemsOf(schema)).toEqual([
    `task.badSchema: The answer of “T” cannot be held to its schema: ${said}`,
  ]);
});
