import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';
import { notFound } from '../errors.ts';
import { readGrants } from './grants.ts';
import { canSee } from './policy.ts';
import { presentCredential } from './present.ts';
import type { CredentialView } from './schema.ts';

/** A credential that the caller may see. Others are as little there as ones that never were. */
export const findCredential = (context: MemberContext, id: string): Promise<Credential> =>
  inWorkspace(context.database, context.caller.workspace.id, (transaction) =>
    lookUpCredential(context, { id }, transaction),
  );

export async function lookUpCredential(
  { caller }: MemberContext,
  { id, lock = false }: { id: string; lock?: boolean },
  transaction: Transaction,
): Promise<Credential> {
  const where = { workspaceId: caller.workspace.id, id };
  const credential = await Credential.findOne({ where, transaction, lock });
  if (!credential || !canSee(caller, credential)) throw notFound('credential');
  return credential;
}

/** As it is now, with its grants. */
export async function viewCredential(
  context: MemberContext,
  id: string,
  transaction: Transaction,
): Promise<CredentialView> {
  const { database, caller } = context;
  const row = await lookUpCredential(context, { id }, transaction);
  const of = { workspaceId: caller.workspace.id, credentialIds: [id] };
  const crewIdsOf = await readGrants(database, of, transaction);
  return presentCredential(caller, { row, crewIds: crewIdsOf(id) });
}
