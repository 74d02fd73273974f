import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';

/**
 * What is in some bases, as hashes in the order of the given ids; null for one that is not there. A search whose query,
 * model and states are the same finds the same.
 */
export async function knowledgeState(
  transaction: AnyTransaction,
  baseIds: readonly string[],
): Promise<readonly (string | null)[]> {
  const rows = await runPrepared<{ id: string; hash: string }>(transaction, STATES, [baseIds]);
  const hashes = new Map(rows.map(({ id, hash }) => [id, hash]));
  return baseIds.map((id) => hashes.get(id) ?? null);
}

const STATES: PreparedStatement = {
  name: 'knowledge.states',
  text: 'select id, state_hash as hash from knowledge_bases where id = any($1::uuid[])',
};

/** Says anew what is in a base; in the transaction that changes it. */
export async function renewState(transaction: AnyTransaction, baseId: string): Promise<void> {
  await runPrepared(transaction, RENEW, [baseId]);
}

// The time in milliseconds, as pages of lists tell it.
// Made of contents and names, not of ids: the same files give the same hash in a copy.
const RENEW: PreparedStatement = {
  name: 'knowledge.renewState',
  text: `
update knowledge_bases set updated_at = date_trunc('milliseconds', now()), state_hash = coalesce((
  select encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex')
  from (
    select encode(file.sha256, 'hex') || ' ' || source.chunk_count || ' ' || coalesce(source.embedding_model, '-')
      || ' ' || file.name as line
    from knowledge_sources as source join files as file on file.id = source.file_id
    where source.base_id = $1 and source.state = 'ready'
  ) as lines), '')
where id = $1`,
};
