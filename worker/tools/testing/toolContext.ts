import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { ToolContext } from '../Tool.ts';

const shut = async (): Promise<never> => {
  throw new Error('This test opens no connection');
};

/** The context of a call in tests: nothing in it reaches anything until a test says so. */
export const toolContext = (given: Partial<ToolContext> = {}): ToolContext => ({
  workspaceId: '019a0000-0000-7000-8000-000000000001',
  simulationId: '019a0000-0000-7000-8000-000000000002',
  nodeId: 'task',
  path: 't1/task/0/think.1/tool.0',
  now: new Date('2026-11-24T07:05:09Z'),
  signal: new AbortController().signal,
  egress: { fetch: shut, read: shut, addressOf: shut, close: async () => undefined },
  credentials: {
    async reveal(credentialId) {
      throw new CredentialRefused('credential.missing', credentialId);
    },
    find: async () => null,
    redact: (value) => value,
  },
  files: { read: shut },
  skills: [],
  state: undefined,
  ...given,
});
