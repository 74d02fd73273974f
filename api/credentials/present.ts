import type { Caller } from '../context.ts';
import type { Credential } from '../database/models/Credential.ts';
import { canKeep } from './policy.ts';
import type { CredentialView } from './schema.ts';

/** The only road from a credential’s row to a client. The row as the model has it holds no secret. */
export const presentCredential = (
  caller: Caller,
  { row, crewIds }: { row: Credential; crewIds: string[] },
): CredentialView => ({
  id: row.id,
  name: row.name,
  provider: row.provider,
  owner: row.ownerId === null ? 'workspace' : 'me',
  hasSecret: row.secretAt !== null,
  lastFour: row.lastFour,
  url: row.url,
  origins: row.origins,
  header: row.header,
  prefix: row.prefix,
  username: row.username,
  modelPrefix: row.slug === null ? null : `custom/${row.slug}/`,
  embeddingModel: row.embeddingModel,
  allCrews: row.allCrews,
  crewIds,
  canEdit: canKeep(caller, row),
  secretAt: row.secretAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
