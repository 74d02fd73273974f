import { LRUCache } from 'lru-cache';
import { type Embedder, embedAt, type OperatorEmbedder } from '#api/database/knowledge/createEmbedder.ts';
import { EmbeddingFailed } from '#api/database/knowledge/EmbeddingFailed.ts';
import { type EmbeddingKey, embeddingKeyOf, labelOf } from '#api/database/knowledge/embeddingKey.ts';
import type { AnyTransaction } from '#api/database/prepared.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';
import { NotYet } from '../limits/NotYet.ts';
import type { LimitedKey, ProviderLimits } from '../limits/ProviderLimits.ts';

/** What is embedded: for a simulation, or for a source or question of a knowledge base. */
export type EmbeddingUse = { readonly workspaceId: string } & (
  | { readonly simulationId: string }
  | { readonly knowledgeOf: string }
);

export interface WorkspaceEmbedder extends Embedder {
  /** With a key of the workspace, not the operator's. */
  readonly isOwn: boolean;
}

export interface EmbedderParts {
  readonly door: Door;
  /** For workspaces without a key of their own; null when it has none for them. */
  readonly operator: OperatorEmbedder | null;
  readonly credentials: CredentialSource;
  readonly limits: ProviderLimits;
  /** The guarded one. */
  readonly fetch: typeof globalThis.fetch;
}

const MOST_WORKSPACES = 5_000;
/** A key that somebody adds is used this soon. One that was taken away is refused at once, when it is decrypted. */
const FRESH_MS = 3_000;
const MOST_AT_ONCE = 32;

/** Who embeds for each workspace: its own key first, then the operator's. Null: words have to do. */
export class Embedders {
  readonly #parts: EmbedderParts;
  readonly #keys = new LRUCache<string, { readonly key: EmbeddingKey | null }>({
    max: MOST_WORKSPACES,
    ttl: FRESH_MS,
  });

  constructor(parts: EmbedderParts) {
    this.#parts = parts;
  }

  /** Among other statements of a transaction of the workspace it costs no wait of its own. */
  async read(transaction: AnyTransaction, use: EmbeddingUse): Promise<WorkspaceEmbedder | null> {
    const known = this.#keys.get(use.workspaceId);
    const key = known ? known.key : await embeddingKeyOf(transaction, use.workspaceId);
    if (!known) this.#keys.set(use.workspaceId, { key });
    return this.#embedder(use, key);
  }

  async find(use: EmbeddingUse): Promise<WorkspaceEmbedder | null> {
    const known = this.#keys.get(use.workspaceId);
    if (known) return this.#embedder(use, known.key);
    return this.#parts.door.inWorkspace(use.workspaceId, (transaction) => this.read(transaction, use));
  }

  #embedder(use: EmbeddingUse, key: EmbeddingKey | null): WorkspaceEmbedder | null {
    const { operator } = this.#parts;
    if (key === null) return operator && { ...operator, isOwn: false };
    return {
      model: labelOf(key, operator),
      pricedAs: key.url === null ? key.model : null,
      isOwn: true,
      embed: (texts, signal) => this.#embed({ use, key, texts, signal }),
    };
  }

  async #embed({ use, key, texts, signal }: Embed) {
    const { limits, fetch } = this.#parts;
    const limited = limitedBy(key);
    await limits.refresh();
    const leave = this.#enter(limited);
    try {
      const apiKey = await this.#reveal(use, key);
      return await embedAt({ baseUrl: key.url ?? undefined, apiKey, model: key.model, fetch }, texts, signal);
    } catch (error) {
      if (error instanceof EmbeddingFailed && error.retryAfterMs !== undefined)
        await limits.pause(limited, error.retryAfterMs);
      throw error;
    } finally {
      leave();
    }
  }

  #enter(limited: LimitedKey): () => void {
    try {
      return this.#parts.limits.enter(limited);
    } catch (error) {
      throw error instanceof NotYet ? new EmbeddingFailed('embedding.rateLimited', error.waitMs) : error;
    }
  }

  /** Checked and decrypted for this one request. */
  async #reveal(use: EmbeddingUse, { credentialId, origin }: EmbeddingKey): Promise<string> {
    try {
      return (await this.#parts.credentials.reveal({ ...use, credentialId, origin })).value;
    } catch (error) {
      this.#keys.delete(use.workspaceId);
      throw error instanceof CredentialRefused ? new EmbeddingFailed('embedding.refusedKey') : error;
    }
  }
}

interface Embed {
  readonly use: EmbeddingUse;
  readonly key: EmbeddingKey;
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
}

/** Providers count embeddings apart from answers of models: one that has to wait does not hold up the other. */
const limitedBy = ({ credentialId, url }: EmbeddingKey): LimitedKey => ({
  key: `credential:${credentialId}/embeddings`,
  title: url === null ? 'OpenAI' : 'the model server',
  most: MOST_AT_ONCE,
});
