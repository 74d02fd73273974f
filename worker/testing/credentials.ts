import { randomUUID } from 'node:crypto';
import { QueryTypes, type Sequelize } from 'sequelize';
import { inWorkspace } from '#api/database/connect.ts';
import { Credential } from '#api/database/models/Credential.ts';
import { Workspace } from '#api/database/models/Workspace.ts';
import { keepSecret } from '#api/database/secrets/keepSecret.ts';
import { createKeySet } from '#api/database/secrets/keySet.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import type { CredentialProvider } from '#workflows/catalogue/credentials.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';
import { ProviderLimits } from '../limits/ProviderLimits.ts';

export interface KeepCredential {
  readonly workspaceId: string;
  readonly provider: CredentialProvider;
  readonly secret: string;
  readonly origin: string;
  readonly name?: string;
  readonly slug?: string;
  readonly url?: string;
  readonly ownerId?: string;
}

/** A credential of a workspace, as the api would save it. */
export async function keepCredential(
  database: Sequelize,
  { workspaceId, provider, secret, origin, name = 'Test', slug, url, ownerId }: KeepCredential,
): Promise<string> {
  const id = randomUUID();
  await inWorkspace(database, workspaceId, async (transaction) => {
    await Workspace.upsert({ id: workspaceId, name: 'Test' }, { transaction });
    await Credential.create(
      { id, workspaceId, ownerId: ownerId ?? null, provider, name, slug, url, origins: [origin] },
      { transaction },
    );
    await keepSecret(transaction, createKeySet(SECRET_KEYS_OF_TESTS), { workspaceId, id, secret });
  });
  return id;
}

export const removeCredential = (
  database: Sequelize,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<unknown> =>
  inWorkspace(database, workspaceId, (transaction) =>
    database.query('delete from credentials where id = $1', {
      bind: [id],
      transaction,
      type: QueryTypes.DELETE,
    }),
  );

/** A source for unit tests, of what they give it. */
export const sourceOf = (given: Partial<CredentialSource> = {}): CredentialSource => ({
  find: async () => [],
  reveal: async () => {
    throw new Error('This test has no credentials');
  },
  ...given,
});

/** Limits that no other worker knows of. */
export const limitsAlone = (): ProviderLimits =>
  new ProviderLimits({
    inWorkspace: () => Promise.reject(new Error('This test has no database')),
    asKeeper: () => Promise.reject(new Error('This test has no database')),
  });
