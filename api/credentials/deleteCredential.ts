import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';

/** What uses it fails at its next use and says so. */
export async function deleteCredential(context: MemberContext, id: string): Promise<void> {
  const { database, caller } = context;
  const where = { workspaceId: caller.workspace.id, id };
  await inWorkspace(database, caller.workspace.id, async (transaction) => {
    const isGone = (await Credential.destroy({ where, transaction })) > 0;
    const object = { kind: 'credential', id };
    if (isGone) await audit(context, 'credentials.delete', { object, transaction });
  });
}
