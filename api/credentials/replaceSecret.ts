import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { keepSecret } from '../database/secrets/keepSecret.ts';
import { viewCredential } from './findCredential.ts';
import type { CredentialView } from './schema.ts';

/** Puts another secret in place of the one before, which is gone. */
export function replaceSecret(
  context: MemberContext,
  { id, secret }: { id: string; secret: string },
): Promise<CredentialView> {
  const { database, caller, keys } = context;
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    await keepSecret(transaction, keys, { workspaceId, id, secret });
    const view = await viewCredential(context, id, transaction);
    await audit(context, 'credentials.replace', { object: { kind: 'credential', id }, transaction });
    return view;
  });
}
