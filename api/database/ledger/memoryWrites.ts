import { randomUUIDv7 } from 'node:crypto';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { cleanText } from './cleanText.ts';
import { type Contents, contentHash } from './contents.ts';
import type { StoredText } from './stored.ts';

/** Something that the crew is to remember for the person who started the simulation. */
export interface MemoryWrite {
  readonly kind: 'memory';
  readonly text: string;
  /** Role of who learnt it. */
  readonly agent: string;
  /** 0 to 1. */
  readonly importance: number;
  readonly embedding: { readonly model: string; readonly vector: readonly number[] } | null;
}

export interface StoredMemoryWrite {
  readonly kind: 'memory';
  readonly text: StoredText;
  readonly agent: string;
  readonly importance: number;
  /** The vector as base64 of its floats, which is a fifth of writing them out. */
  readonly embedding: { readonly model: string; readonly vector: string } | null;
}

export const storedMemory = (
  { kind, text, agent, importance, embedding }: MemoryWrite,
  contents: Contents,
): StoredMemoryWrite => ({
  kind,
  text: contents.addWhole(text),
  agent: cleanText(agent),
  importance,
  embedding: embedding && { model: embedding.model, vector: pack(embedding.vector) },
});

const pack = (vector: readonly number[]): string =>
  Buffer.from(Float32Array.from(vector).buffer).toString('base64');

function unpack(packed: string): readonly number[] {
  const bytes = Uint8Array.from(Buffer.from(packed, 'base64'));
  return [...new Float32Array(bytes.buffer)];
}

export interface ApplyMemories {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly writes: readonly { readonly path: string; readonly write: StoredMemoryWrite }[];
  readonly fence?: { readonly epoch: number; readonly attempt: number };
}

/** Makes a simulation remember. One that nobody started, or whose crew is gone, remembers nothing. */
export async function applyMemories(
  transaction: AnyTransaction,
  { workspaceId, simulationId, writes, fence }: ApplyMemories,
): Promise<void> {
  if (writes.length === 0) return;
  const counts = new Map<string, number>();
  const rows = writes.map(({ path, write: { text, agent, importance, embedding } }) => {
    const number = counts.get(path) ?? 0;
    counts.set(path, number + 1);
    return {
      id: randomUUIDv7(),
      path,
      number,
      sha256: contentHash(text).toString('hex'),
      agent,
      importance,
      embedding: embedding && unpack(embedding.vector),
      embedding_model: embedding?.model ?? null,
    };
  });
  await runPrepared(transaction, REMEMBER, [
    workspaceId,
    simulationId,
    JSON.stringify(rows),
    fence?.epoch ?? null,
    fence?.attempt ?? null,
  ]);
}

const REMEMBER: PreparedStatement = {
  name: 'memories.remember',
  text: `
insert into memories (workspace_id, id, crew_id, user_id, agent, text, sha256, importance, embedding, embedding_model,
  simulation_id, path, number)
select $1, given.id, simulation.crew_id, simulation.created_by, given.agent, content.text, content.sha256,
  given.importance, given.embedding, given.embedding_model, $2, given.path, given.number
from jsonb_to_recordset($3::jsonb) as given (id uuid, path text, number integer, sha256 text, agent text,
    importance real, embedding real[], embedding_model text)
join simulations as simulation on simulation.id = $2 and simulation.created_by is not null
join contents as content on content.workspace_id = $1 and content.sha256 = decode(given.sha256, 'hex')
join steps on steps.simulation_id = $2 and steps.path = given.path and steps.state = 'completed'
  and ($4::integer is null or (steps.epoch, steps.attempt) = ($4::integer, $5::integer))
on conflict (simulation_id, path, number) do nothing`,
};
