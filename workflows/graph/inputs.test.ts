import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders, findInputs } from './inputs.ts';
import { CrewGraph } from './schema.ts';

const graphOf = (...descriptions: string[]) =>
  CrewGraph.parse({
    nodes: descriptions.map((description, index) => ({
      id: `t${index}`,
      kind: 'task',
      position: { x: 0, y: 0 },
      data: { name: 'T', description },
    })),
    edges: [],
  });

describe('findInputs', () => {
  it('finds names in every text that reaches a model, in order of first appearance', () => {
    const position = { x: 0, y: 0 };
    const graph = CrewGraph.parse({
      nodes: [
        {
          id: 'a',
          kind: 'agent',
          position,
          data: { name: '{no}', role: '{role-1}', goal: '{goal}', backstory: '{back_story}' },
        },
        {
          id: 't',
          kind: 'task',
          position,
          data: {
            name: '{no}',
            description: '{goal} and {topic}',
            expectedOutput: '{Length}',
            outputFile: '{topic}/{_file}.md',
          },
        },
        { id: 'n', kind: 'note', position, data: { text: '{no}' } },
      ],
      edges: [],
    });
    expect(findInputs(graph)).toEqual(['role-1', 'goal', 'back_story', 'topic', 'Length', '_file']);
  });

  it('leaves JSON, spaces, digits first and dots alone', () => {
    expect(findInputs(graphOf('{"a": 1} { topic } {1st} {a.b} {} {{inner}} {a b}'))).toEqual(['inner']);
  });

  it('V6: takes names that every object has for text', () => {
    expect(findInputs(graphOf('{constructor} {__proto__} {prototype} {toString} {fine}'))).toEqual(['fine']);
  });

  it('takes a name longer than an input may have for text', () => {
    expect(findInputs(graphOf(`{${'a'.repeat(64)}} {${'b'.repeat(65)}}`))).toEqual(['a'.repeat(64)]);
  });
});

describe('fillPlaceholders', () => {
  it('fills in declared names and leaves the rest as it is', () => {
    const values = new Map([['topic', 'tea']]);
    expect(fillPlaceholders('{topic}, {other}, {"topic": 1}, {constructor}', values)).toBe(
      'tea, {other}, {"topic": 1}, {constructor}',
    );
  });

  it('V7: does not read a value again, nor treat dollar signs in it as anything', () => {
    const values = new Map([
      ['a', '{b} $& $1'],
      ['b', 'secret'],
    ]);
    expect(fillPlaceholders('{a}', values)).toBe('{b} $& $1');
  });

  it.each([
    '{{ $json.constructor.constructor("return process")() }}',
    '{constructor}',
    '{a.__proto__.b}',
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    '{% for x in [].constructor.constructor("return 1")() %}{% endfor %}',
    '<%= process.env %>',
    `$${'{7*7}'}`,
    '#{7*7}',
    '{{7*7}}',
    '{topic.length}',
    '{topic[0]}',
    '{ topic }',
  ])('V8: leaves %s as it is, which other languages would run', (text) => {
    const values = new Map([['topic', 'tea']]);
    expect(findInputs(graphOf(text))).toEqual([]);
    expect(fillPlaceholders(text, values)).toBe(text);
  });

  it('is one pass whatever names and values hold', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/);
    const value = fc.oneof(
      fc.string(),
      name.map((inner) => `{${inner}}`),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        const values = new Map(pairs);
        const names = pairs.map(([key]) => key);
        const text = names.map((key) => `{${key}}`).join('|');
        expect(fillPlaceholders(text, values)).toBe(names.map((key) => values.get(key)).join('|'));
      }),
    );
  });
});
