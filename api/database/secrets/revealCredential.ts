import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { CredentialRefused } from './CredentialRefused.ts';
import type { Door } from './Door.ts';
import { openField, type SealedRow } from './fields.ts';
import type { KeySet } from './keySet.ts';
import { renewCredential } from './lookAfterKeys.ts';

/** What a credential is wanted for. Everything here is checked at each use, whatever was checked before. */
export type CredentialUse = Wanted & (OfSimulation | OfCrew | OfSetUp | OfKnowledge);

interface Wanted {
  readonly workspaceId: string;
  readonly credentialId: string;
  /** Where it is about to be sent: scheme, host and port, as `originOf` of the catalogue gives them. */
  readonly origin: string;
}

/** For a step: its row says which crew it is, and who started it. */
interface OfSimulation {
  readonly simulationId: string;
}

/** For looking at what it is saved for while somebody sets that up: of the workspace, or this person's own. */
interface OfSetUp {
  readonly setUpBy: string;
}

/**
 * For what is embedded outside of a simulation, and everybody's: a source that is read, or a question that somebody
 * tries. Only what the whole workspace may use is given out.
 */
interface OfKnowledge {
  readonly knowledgeOf: string;
}

/** Outside of a simulation: for this crew, and this person. Without one nobody's personal credential is given out. */
interface OfCrew {
  readonly crewId: string;
  readonly userId?: string | null;
}

/** A decrypted credential. Keep it in a local, send it, and let it go: never store, log or return it. */
export interface RevealedCredential {
  readonly id: string;
  /** What stands in its place wherever the value turns up: `[secret:name]`. */
  readonly name: string;
  readonly provider: string;
  readonly value: string;
  /** Of `http` and `mcp`: the header that carries it, and what stands before it there. */
  readonly header: string;
  readonly prefix: string;
  /** Of `smtp`. */
  readonly username: string | null;
  /** Of `openai-compatible`, `mcp` and `smtp`: the address it was saved for. */
  readonly url: string | null;
}

/**
 * Decrypts a credential for one use. Throws CredentialRefused when it is not this workspace's, not granted to the crew or
 * the person, not for this origin, or has no secret any more.
 */
export async function revealCredential(
  door: Door,
  keys: KeySet,
  use: CredentialUse,
): Promise<RevealedCredential> {
  const { workspaceId, credentialId: id } = use;
  const row = await door.inWorkspace(workspaceId, (transaction) =>
    find(transaction, [workspaceId, id, ...whoOf(use)]),
  );
  if (!row) throw new CredentialRefused('credential.missing', id);
  if (!row.isGranted) throw new CredentialRefused('credential.notGranted', id);
  if (!row.origins.includes(use.origin)) throw new CredentialRefused('credential.otherOrigin', id);
  const { ciphertext, nonce, tag, keyVersion, kek_id, wrapped } = row;
  if (!ciphertext || !nonce || !tag || !keyVersion || !kek_id || !wrapped)
    throw new CredentialRefused('credential.empty', id);
  const sealed = { ciphertext, nonce, tag, keyVersion, kek_id, wrapped };
  const value = openField(keys, { place: { workspaceId, id, field: 'secret' }, sealed });
  if (keyVersion < row.newestVersion) await renewLazily(door, keys, { workspaceId, id });
  const { name, provider, username, url } = row;
  return {
    id,
    name,
    provider,
    value,
    username,
    url,
    header: row.header ?? 'Authorization',
    prefix: row.prefix ?? '',
  };
}

/** Crew, person, simulation, who sets up, and whether it is for knowledge, as the statement wants them. */
function whoOf(use: OfSimulation | OfCrew | OfSetUp | OfKnowledge): readonly (string | boolean | null)[] {
  if ('knowledgeOf' in use) return [null, null, null, null, true];
  if ('setUpBy' in use) return [null, null, null, use.setUpBy, false];
  return 'simulationId' in use
    ? [null, null, use.simulationId, null, false]
    : [use.crewId, use.userId ?? null, null, null, false];
}

interface Row extends Partial<Nullable<SealedRow>> {
  readonly name: string;
  readonly provider: string;
  readonly origins: readonly string[];
  readonly header: string | null;
  readonly prefix: string | null;
  readonly username: string | null;
  readonly url: string | null;
  readonly isGranted: boolean;
  readonly newestVersion: number;
}
type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

async function find(transaction: AnyTransaction, values: readonly unknown[]): Promise<Row | undefined> {
  const [row] = await runPrepared<Row>(transaction, FIND, values);
  return row;
}

/** The use goes on whatever comes of this: the value is in hand, and the next use tries again. */
const renewLazily = (door: Door, keys: KeySet, of: { workspaceId: string; id: string }): Promise<void> =>
  door
    .inWorkspace(of.workspaceId, (transaction) => renewCredential(transaction, keys, of))
    .catch(() => undefined);

// Secret and key in one statement: between two the key might be changed.
const FIND: PreparedStatement = {
  name: 'credentials.reveal',
  text: `
with who as (
  select crew_id, created_by as user_id from simulations where workspace_id = $1 and id = $5
  union all select id, $4::uuid from crews where workspace_id = $1 and id = $3
)
select c.name, c.provider, c.origins, c.header, c.prefix, c.username, c.url,
  c.ciphertext, c.nonce, c.tag, c.key_version as "keyVersion", k.kek_id, k.wrapped,
  (select max(version) from workspace_keys where workspace_id = $1) as "newestVersion",
  (c.owner_id is null or exists (
    select 1 from memberships m where m.workspace_id = $1 and m.user_id = c.owner_id))
  and (exists (select 1 from who where (c.owner_id is null or c.owner_id = user_id)
    and (c.all_crews or exists (select 1 from credential_crews g
      where g.workspace_id = $1 and g.credential_id = c.id and g.crew_id = who.crew_id)))
    or ($6::uuid is not null and (c.owner_id is null or c.owner_id = $6::uuid))
    or ($7::boolean and c.owner_id is null and c.all_crews)) as "isGranted"
from credentials c
left join workspace_keys k on k.workspace_id = c.workspace_id and k.version = c.key_version
where c.workspace_id = $1 and c.id = $2`,
};
