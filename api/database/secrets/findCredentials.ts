import type { CredentialProvider } from '#workflows/catalogue/credentials.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { Door } from './Door.ts';

export interface CredentialWish {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly providers: readonly CredentialProvider[];
}

export interface UsableCredential {
  readonly id: string;
  readonly provider: CredentialProvider;
  readonly slug: string | null;
  readonly url: string | null;
  readonly origins: readonly string[];
  /** When its secret was entered: whoever keeps something made of the secret makes it anew when this changes. */
  readonly secretAt: Date;
}

/**
 * What a simulation may use: of the person who started it, while they are a member, before the workspace's, the newest first.
 */
export const findCredentials = (door: Door, wish: CredentialWish): Promise<UsableCredential[]> =>
  door.inWorkspace(wish.workspaceId, (transaction) => usableCredentials(transaction, wish));

/** The same in a transaction of the workspace. */
export const usableCredentials = (
  transaction: AnyTransaction,
  { workspaceId, simulationId, providers }: CredentialWish,
): Promise<UsableCredential[]> =>
  runPrepared<UsableCredential>(transaction, USABLE, [workspaceId, simulationId, [...providers]]);

const USABLE: PreparedStatement = {
  name: 'credentials.usable',
  text: `
select c.id, c.provider, c.slug, c.url, c.origins, c.secret_at as "secretAt"
from credentials c join simulations s on s.workspace_id = c.workspace_id and s.id = $2
where c.workspace_id = $1 and c.provider = any($3::text[]) and c.secret_at is not null
  and (c.owner_id is null or (c.owner_id = s.created_by and exists (
    select 1 from memberships m where m.workspace_id = $1 and m.user_id = c.owner_id)))
  and (c.all_crews or exists (select 1 from credential_crews g
    where g.workspace_id = $1 and g.credential_id = c.id and g.crew_id = s.crew_id))
order by c.owner_id is null, c.created_at desc, c.id desc`,
};
