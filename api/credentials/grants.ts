import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { Crew } from '../database/models/Crew.ts';
import { invalid } from '../errors.ts';

export interface GrantOptions {
  readonly workspaceId: string;
  readonly credentialId: string;
  readonly crewIds: readonly string[];
}

/** Lets these crews use a credential, and no others by name. Refuses crews that are not the workspace’s. */
export async function grantTo(
  database: Sequelize,
  { workspaceId, credentialId, crewIds }: GrantOptions,
  transaction: Transaction,
): Promise<void> {
  const wanted = [...new Set(crewIds.map((id) => id.toLowerCase()))];
  const found = await Crew.count({ where: { workspaceId, id: wanted }, transaction });
  if (found !== wanted.length) throw invalid('crewIds', 'There is no such crew in this workspace.');
  await database.query('delete from credential_crews where workspace_id = $1 and credential_id = $2', {
    bind: [workspaceId, credentialId],
    transaction,
  });
  await database.query(
    `insert into credential_crews (workspace_id, credential_id, crew_id)
     select $1, $2, id from unnest($3::uuid[]) as wanted (id)`,
    { bind: [workspaceId, credentialId, wanted], transaction },
  );
}

/** Which crews may use each of these credentials, where not all may. */
export async function readGrants(
  database: Sequelize,
  { workspaceId, credentialIds }: { workspaceId: string; credentialIds: readonly string[] },
  transaction: Transaction,
): Promise<(credentialId: string) => string[]> {
  const rows = await database.query<{ credentialId: string; crewIds: string[] }>(
    `select credential_id as "credentialId", array_agg(crew_id order by crew_id) as "crewIds" from credential_crews
     where workspace_id = $1 and credential_id = any($2::uuid[]) group by credential_id`,
    { bind: [workspaceId, [...credentialIds]], transaction, type: QueryTypes.SELECT },
  );
  const grants = new Map(rows.map(({ credentialId, crewIds }) => [credentialId, crewIds]));
  return (credentialId) => grants.get(credentialId) ?? [];
}
