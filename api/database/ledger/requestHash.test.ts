import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { type HashedRequest, modelRequestHash } from './requestHash.ts';

const request: HashedRequest = {
  promptVersion: 1,
  settings: { models: ['openai/gpt-4.1-mini'], temperature: 0.5, maxTokens: null },
  tools: [],
  previous: null,
  added: [
    { role: 'system', parts: [{ text: 'You are "somebody".\n' }] },
    { role: 'user', parts: [{ text: 'Do it.' }, { ref: 'abc' }, { text: '\n\n--\n\n' }, { ref: 'def' }] },
  ],
};

/** As requests of all simulations so far were hashed: another form would reuse none of them. */
test('hashes the canonical JSON of a request', () => {
  const { promptVersion, tools, previous, added } = request;
  const agent = { model: 'openai/gpt-4.1-mini', temperature: 0.5, maxTokens: null };
  const text = canonicalJson({ promptVersion, ...agent, tools, previous, added });
  expect(modelRequestHash(request)).toBe(createHash('sha256').update(text).digest('base64url'));
  expect(modelRequestHash({ ...request, added: [] })).toBe(
    createHash('sha256')
      .update(canonicalJson({ promptVersion, ...agent, tools, previous, added: [] }))
      .digest('base64url'),
  );
});

test('tells every part of a request', () => {
  const others: HashedRequest[] = [
    { ...request, promptVersion: 2 },
    ...[
      { models: ['openai/gpt-4.1'] as const },
      { models: ['openai/gpt-4.1-mini', 'openai/gpt-4.1'] as const },
      { temperature: null },
      { maxTokens: 5 },
      { topP: 0.5 },
      { seed: 1 },
      { stop: ['END'] },
      { reasoningEffort: 'low' as const },
      { schema: { type: 'object' } },
      { inText: true as const },
    ].map((other) => ({ ...request, settings: { ...request.settings, ...other } })),
    { ...request, tools: ['calculator'] },
    { ...request, added: request.added.slice(1) },
    { ...request, added: request.added.map((message) => ({ ...message, parts: message.parts.slice(1) })) },
  ];
  const hashes = [request, ...others].map(modelRequestHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});
