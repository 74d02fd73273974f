import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { UsableCredential } from '#api/database/secrets/findCredentials.ts';
import { type ModelName, splitModel } from '#workflows/catalogue/models.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';
import type { LimitedKey, ProviderLimits } from '../limits/ProviderLimits.ts';
import { AnthropicClient } from './anthropic.ts';
import { DemoClient } from './demo.ts';
import { KeyedClient } from './KeyedClient.ts';
import type { ModelClient, ModelRequest } from './ModelClient.ts';
import { noKey, refusedCredential, unknownModel } from './noClient.ts';
import { OpenAIClient } from './openai.ts';
import { type Address, type OperatorSettings, operatorClients } from './operatorClients.ts';
import type { TimeLimits } from './timeLimits.ts';
import { type KeysOf, UsableKeys } from './UsableKeys.ts';

export interface ModelSettings extends OperatorSettings {
  /** How long the demo model takes to write an answer. */
  readonly demoAnswerMs?: number;
  readonly limits?: (request: ModelRequest) => TimeLimits;
  /** The guarded one. */
  readonly fetch: typeof globalThis.fetch;
  readonly credentials: CredentialSource;
  readonly providerLimits: ProviderLimits;
}

/** Who answers for models, in each workspace: its own keys first, then the operator's. */
export interface ModelClients {
  /** Reads which keys a simulation may use, in a transaction that is open anyway. Comes before `enter`. */
  read(transaction: LedgerTransaction, step: KeysOf): Promise<void>;
  /**
   * Takes a place with the provider behind a model. Throws NotYet when it asked to wait, or has enough to do. Call what
   * it returns when the step has ended.
   */
  enter(step: KeysOf, name: string): () => void;
  /**
   * Who answers for a model, named with or without its provider, with a key that was decrypted just now. The request
   * then names the model without. Throws an ApplicationFailure when nobody does: `model.noKey`, `model.notFound`, or why
   * the credential was refused.
   */
  clientFor(step: KeysOf, name: string): Promise<ModelClient>;
}

/** The SDKs' clients are dear to make, so those of some keys are kept for a while. */
const MOST_CLIENTS = 500;
const CLIENT_MS = 600_000;
/** Requests of one workspace's key at once, of the 200 steps that a worker does: a key that hangs leaves room for others. */
const MOST_AT_ONCE = 160;

export function createModelClients(settings: ModelSettings): ModelClients {
  const { limits, fetch, credentials, providerLimits } = settings;
  const keys = new UsableKeys(credentials);
  const demo = new DemoClient({ answerMs: settings.demoAnswerMs });
  const make = ({ provider, apiKey, baseUrl }: Address): ModelClient =>
    provider === 'anthropic'
      ? new AnthropicClient({ apiKey, baseUrl, limits, fetch })
      : new OpenAIClient({ apiKey, baseUrl, limits, fetch });
  const operators = operatorClients(settings, make);
  const clientOf = keepClients(make);

  async function withOwnKey(step: KeysOf, model: ModelName, own: UsableCredential): Promise<ModelClient> {
    const { workspaceId, simulationId } = step;
    const [origin = ''] = own.origins;
    const use = { workspaceId, simulationId, credentialId: own.id, origin };
    const secret = await credentials.reveal(use).catch((error: unknown) => {
      keys.forget(step);
      throw error instanceof CredentialRefused ? refusedCredential(error, model) : error;
    });
    const { provider } = model;
    const baseUrl = provider === 'custom' ? (own.url ?? undefined) : undefined;
    const client = clientOf(workspaceId, { provider, apiKey: secret.value, baseUrl });
    return new KeyedClient({ client, secret, limits: providerLimits, limited: limitedBy(own, model) });
  }

  return {
    read: (transaction, step) => keys.read(transaction, step),
    enter(step, name) {
      const model = splitModel(name);
      const own = model && keys.known(step, model);
      const limited = own ? limitedBy(own, model) : model && operators.get(model.provider)?.limited;
      return limited ? providerLimits.enter(limited) : () => undefined;
    },
    async clientFor(step, name) {
      const model = splitModel(name);
      if (!model) throw unknownModel(name);
      if (model.provider === 'demo') return demo;
      const own = await keys.find(step, model);
      if (own) return withOwnKey(step, model, own);
      const operator = operators.get(model.provider);
      if (!operator) throw noKey(model);
      return new KeyedClient({ ...operator, limits: providerLimits });
    },
  };
}

/** Found again by the hash of the whole key, within its workspace. */
function keepClients(make: (address: Address) => ModelClient) {
  const made = new LRUCache<string, ModelClient>({ max: MOST_CLIENTS, ttl: CLIENT_MS });
  return (workspaceId: string, address: Address): ModelClient => {
    const hash = createHash('sha256').update(address.apiKey).digest('hex');
    const key = [workspaceId, address.provider, address.baseUrl ?? '', hash].join(' ');
    const client = made.get(key) ?? make(address);
    made.set(key, client);
    return client;
  };
}

const TITLES = new Map([
  ['openai', 'OpenAI'],
  ['anthropic', 'Anthropic'],
]);

const limitedBy = ({ id }: UsableCredential, { provider }: ModelName): LimitedKey => ({
  key: `credential:${id}`,
  title: TITLES.get(provider) ?? 'the model server',
  most: MOST_AT_ONCE,
});
