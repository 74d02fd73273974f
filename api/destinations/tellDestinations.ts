import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Services } from '../context.ts';
import { asCaretaker, inWorkspace } from '../database/connect.ts';
import { destinationsLetter, type NotedChange } from './destinationsLetter.ts';

/** Setting up a workspace is many changes: what comes within this time after the first is in one letter. */
const GATHERED_SECONDS = 300;

type Parts = Pick<Services, 'database' | 'mails' | 'publicUrl'>;

interface Row extends NotedChange {
  readonly actorId: string | null;
  readonly isToldToActor: boolean;
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Workspaces whose owners have waited long enough for the rest of a change. */
export const findChangedWorkspaces = (
  database: Sequelize,
  afterSeconds: number = GATHERED_SECONDS,
): Promise<string[]> =>
  asCaretaker(database, async (transaction) => {
    const rows = await database.query<{ id: string }>(
      `select workspace_id as id from destination_changes group by 1
       having min(created_at) <= now() - make_interval(secs => $1)`,
      { bind: [afterSeconds], transaction, type: QueryTypes.SELECT },
    );
    return rows.map(({ id }) => id);
  });

/**
 * Queues one letter to each owner about everything that was put down, and forgets it, in one transaction. Nobody is told
 * of what they did themselves, unless it was on a device that is new to their account: that may not have been them.
 */
export const tellDestinations = ({ database, mails, publicUrl }: Parts, workspaceId: string): Promise<void> =>
  inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await takeChanges(database, transaction, workspaceId);
    const owners = await findOwners(database, transaction, workspaceId);
    const workspaceName = owners[0]?.workspaceName ?? '';
    for (const { id, name, email: to } of owners) {
      const changes = rows.filter(({ actorId, isToldToActor }) => actorId !== id || isToldToActor);
      if (changes.length === 0) continue;
      const link = `${publicUrl}/settings/audit`;
      await mails.send(transaction, destinationsLetter({ to, name, workspaceName, changes, link }));
    }
  });

const takeChanges = (database: Sequelize, transaction: Transaction, workspaceId: string): Promise<Row[]> =>
  database.query<Row>(
    `with taken as (delete from destination_changes where workspace_id = $1 returning *)
     select t.kind, t.name, t.former, t.places, t.actor_id as "actorId", t.is_told_to_actor as "isToldToActor",
       u.name as by
     from taken t left join users u on u.id = t.actor_id order by t.created_at, t.id`,
    { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
  );

/** An address that nobody confirmed may be a stranger’s. */
const findOwners = (database: Sequelize, transaction: Transaction, workspaceId: string) =>
  database.query<Owner & { readonly workspaceName: string }>(
    `select u.id, u.name, u.email, w.name as "workspaceName"
     from memberships m join users u on u.id = m.user_id join workspaces w on w.id = m.workspace_id
     where m.workspace_id = $1 and m.role = 'owner' and w.deleted_at is null and u.email is not null
       and u.email_verified_at is not null and u.disabled_at is null and u.deletion_due_at is null
     order by u.id`,
    { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
  );
