import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';

/** What uses it fails at its next use and says so. */
export async function deleteCredential({ database, caller }: MemberContext, id: string): Promise<void> {
  const where = { workspaceId: caller.workspace.id, id };
  await inWorkspace(database, caller.workspace.id, (transaction) =>
    Credential.destroy({ where, transaction }),
  );
}
