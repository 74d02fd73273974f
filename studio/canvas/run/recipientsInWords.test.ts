import { expect, it } from 'vitest';
import type { Recipients } from '#workflows/graph/recipients.ts';
import { recipientsInWords } from './recipientsInWords.ts';

const nobody: Recipients = {
  models: [],
  callbacks: [],
  toolServers: [],
  openTools: [],
  looksUp: false,
  hasInnerCrews: false,
};

it('names everybody that is sent something, in one sentence', () => {
  const all: Recipients = {
    models: ['OpenAI', 'local'],
    callbacks: ['hooks.example.org'],
    toolServers: ['notes'],
    openTools: ['web_search', 'send_mail'],
    looksUp: true,
    hasInnerCrews: true,
  };
  expect(recipientsInWords(all)).toBe(
    'What it works on is sent to OpenAI, local, the embedding model of this workspace, the tool server “notes”, ' +
      'hooks.example.org (called back), the search service, people whom agents mail, and whom the crews inside it name.',
  );
});

it('says so when nobody is', () => {
  expect(recipientsInWords(nobody)).toBe('What it works on stays on this server.');
});
