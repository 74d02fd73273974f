import { LRUCache } from 'lru-cache';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { type UsableCredential, usableCredentials } from '#api/database/secrets/findCredentials.ts';
import type { ModelName } from '#workflows/catalogue/models.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';

/** A simulation, whose crew and starter decide which credentials it may use. */
export interface KeysOf {
  readonly workspaceId: string;
  readonly simulationId: string;
}

const MOST_SIMULATIONS = 5_000;
/** A key that somebody adds is used this soon. One that was taken away is refused at once, when it is decrypted. */
const FRESH_MS = 3_000;
const PROVIDERS = ['openai', 'anthropic', 'openai-compatible'] as const;

/** Which of a workspace's own keys a simulation would use: their places and never their values. */
export class UsableKeys {
  readonly #source: CredentialSource;
  readonly #known = new LRUCache<string, readonly UsableCredential[]>({
    max: MOST_SIMULATIONS,
    ttl: FRESH_MS,
  });

  constructor(source: CredentialSource) {
    this.#source = source;
  }

  /** Reads them if they are not known. Among other statements of a transaction it costs no wait of its own. */
  async read(transaction: LedgerTransaction, step: KeysOf): Promise<void> {
    if (this.#known.has(step.simulationId)) return;
    this.#known.set(step.simulationId, await usableCredentials(transaction, wishOf(step)));
  }

  /** The first that fits the model, of those that were read. */
  known({ simulationId }: KeysOf, model: ModelName): UsableCredential | undefined {
    return this.#known.get(simulationId)?.find((key) => fits(key, model));
  }

  async find(step: KeysOf, model: ModelName): Promise<UsableCredential | undefined> {
    const known = this.#known.get(step.simulationId) ?? (await this.#source.find(wishOf(step)));
    this.#known.set(step.simulationId, known);
    return known.find((key) => fits(key, model));
  }

  forget({ simulationId }: KeysOf): void {
    this.#known.delete(simulationId);
  }
}

const wishOf = ({ workspaceId, simulationId }: KeysOf) => ({
  workspaceId,
  simulationId,
  providers: PROVIDERS,
});

const fits = (key: UsableCredential, { provider, server }: ModelName): boolean =>
  provider === 'custom'
    ? key.provider === 'openai-compatible' && key.slug === server
    : key.provider === provider;
