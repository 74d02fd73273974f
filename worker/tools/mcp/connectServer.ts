import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { cappedFetch } from './cappedFetch.ts';

export interface ConnectServer {
  readonly url: string;
  /** With what the server is told who asks: a bearer token is all that is supported, no OAuth. */
  readonly headers: Readonly<Record<string, string>>;
  /** The guarded one. */
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

const CONNECT_MS = 15_000;

/**
 * The SDK's own makes code out of the schemas that servers send. What comes back from a tool is text for a model; nothing
 * here relies on its shape.
 */
const noValidation: jsonSchemaValidator = {
  getValidator<T>(): JsonSchemaValidator<T> {
    return (input) => ({ valid: true, data: input as T, errorMessage: undefined });
  },
};

/** One client on one transport, for one simulation: the SDK mixes up answers of clients that share one. */
export async function connectServer({ url, headers, fetch, signal }: ConnectServer): Promise<Client> {
  const client = new Client({ name: 'troupe', version: '1' }, { jsonSchemaValidator: noValidation });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: cappedFetch(fetch),
    requestInit: { headers: { ...headers } },
    // A step that failed is told so; trying again is the agent's choice.
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 1_000,
      reconnectionDelayGrowFactor: 1,
    },
  });
  await client.connect(transport, { timeout: CONNECT_MS, signal });
  return client;
}
