import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { type CallbackChange, callbackChanges } from './callbackChanges.ts';

/** Something of a workspace that is sent elsewhere than before. */
export interface DestinationChange {
  readonly kind: 'credential' | 'toolServer' | 'callback';
  /** As people called it; empty for what is somebody’s own. */
  readonly name: string;
  /** Origins. None for what is new. */
  readonly former: readonly string[];
  readonly origins: readonly string[];
}

const MOST_CHARS = 300;
/** Of one change of a crew; all of them are in its graph, and in the audit. */
const MOST_TASKS = 50;

/**
 * Puts down that something is sent to another place from now on, in the transaction that makes it so: owners are told by
 * mail soon after (SAFETY V37). What goes to fewer places than before is sent nowhere new, and nobody is told.
 */
export async function noteDestination(
  { database, caller }: MemberContext,
  { kind, name, former, origins }: DestinationChange,
  transaction: Transaction,
): Promise<void> {
  if (origins.every((origin) => former.includes(origin))) return;
  await database.query(
    `insert into destination_changes (workspace_id, id, actor_id, is_told_to_actor, kind, name, former, places)
     select $1, $2, $3, coalesce((
       select is_new_device and created_at > now() - interval '7 days' from sessions where id = $4), false), $5, $6, $7, $8`,
    {
      bind: [
        caller.workspace.id,
        randomUUIDv7(),
        caller.user.id,
        caller.sessionId,
        kind,
        name.slice(0, MOST_CHARS),
        placesOf(former),
        placesOf(origins),
      ],
      transaction,
    },
  );
}

type Tasks = Parameters<typeof callbackChanges>[0];

/** The same for whom tasks call back. */
export async function noteCallbacks(
  context: MemberContext,
  { object, before, after }: { object: { kind: string; id: string }; before: Tasks; after: Tasks },
  transaction: Transaction,
): Promise<void> {
  const changes = callbackChanges(before, after).slice(0, MOST_TASKS);
  for (const change of changes) await noteDestination(context, { kind: 'callback', ...change }, transaction);
  if (changes.length === 0) return;
  const details = { tasks: changes.length, hosts: hostsOf(changes) };
  await audit(context, 'crews.callBack', { object, details, transaction });
}

const hostsOf = (changes: readonly CallbackChange[]): string =>
  placesOf([...new Set(changes.flatMap(({ origins }) => origins))]);

/** Hosts, never paths: those may hold more than a place. */
const placesOf = (origins: readonly string[]): string =>
  origins
    .map((origin) => new URL(origin))
    .map(({ protocol, host }) =>
      /^(https|smtps):$/.test(protocol) ? host : `${host} (${protocol.slice(0, -1)})`,
    )
    .join(', ')
    .slice(0, MOST_CHARS);
