import { describe, expect, it } from 'vitest';
import { newsletter } from '#workflows/graph/examples/newsletter.ts';
import { importCrew } from './importCrew.ts';
import { refusal } from './testing/refusal.ts';

const troupe = (text: string) => importCrew({ format: 'troupe', files: { 'crew.json': text } });

describe('our own format', () => {
  const { graph } = newsletter;

  it('comes back as it went', () => {
    const file = { format: 'troupe.crew.v1', name: 'Facts', description: 'Finds them', graph };
    expect(troupe(JSON.stringify(file))).toEqual({
      name: 'Facts',
      description: 'Finds them',
      graph,
      warnings: [],
    });
    expect(troupe(JSON.stringify(graph)).graph).toEqual(graph);
  });

  it('takes the name it is given', () => {
    expect(importCrew({ format: 'troupe', name: 'Mine', files: { x: JSON.stringify(graph) } }).name).toBe(
      'Mine',
    );
  });

  it.each([
    ['no JSON', '{\n"format": oops', /^crew.json: it is not JSON \(SyntaxError: .+\)\.$/s],
    ['depth', '['.repeat(100_000), /nested too deeply/],
    ['what no database takes', JSON.stringify({ ...graph, process: '\0' }), /NUL or half a character/],
    ['another format', '{"format":"other"}', /no crew in the format troupe.crew.v1 \(at format: /],
    ['what is no object', 'null', /no crew in the format/],
    ['fields it does not know', JSON.stringify({ ...graph, command: 'npx' }), /Unrecognized key: "command"/],
    ['a prototype', '{"nodes":[],"edges":[],"__proto__":{"isAdmin":true}}', /__proto__/],
    [
      'a node named like one',
      JSON.stringify(graph).replaceAll('"editor"', '"__proto__"'),
      /Ids are letters, digits/,
    ],
    [
      'a kind it does not know',
      JSON.stringify(graph).replaceAll('"agent"', '"constructor"'),
      /at nodes\.0\.kind/,
    ],
  ])('refuses %s in a sentence', (_, text, sentence) => {
    expect(refusal(() => troupe(text))).toMatch(sentence);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('wants exactly one file', () => {
    expect(refusal(() => importCrew({ format: 'troupe', files: {} }))).toBe('Give exactly one JSON file.');
    expect(refusal(() => importCrew({ format: 'troupe', files: { 'a.json': '', 'b.json': '' } }))).toBe(
      'Give exactly one JSON file.',
    );
  });
});
