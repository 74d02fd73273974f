import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { cleanText } from './cleanText.ts';
import { type Contents, contentHash } from './contents.ts';
import { applyMemories, type MemoryWrite, type StoredMemoryWrite, storedMemory } from './memoryWrites.ts';
import type { StoredText } from './stored.ts';

/**
 * What a tool changes in its simulation's own state. It is stored with the tool's answer, in the same transaction, and
 * again in each fork that takes the answer over. A new kind of state is one more member here and in `StoredWrite`.
 */
export type StateWrite = FileWrite | MemoryWrite;

/** The whole new text of a file of the simulation. */
interface FileWrite {
  readonly kind: 'file';
  readonly name: string;
  readonly text: string;
}

/** A write by reference, as it stands in a response. */
export type StoredWrite = StoredFileWrite | StoredMemoryWrite;

export interface StoredFileWrite {
  readonly kind: 'file';
  readonly name: string;
  readonly text: StoredText;
  /** In bytes. */
  readonly size: number;
}

/** Gives writes the form in which a response holds them; their texts go to `contents`, the short ones too. */
export const storedWrites = (writes: readonly StateWrite[], contents: Contents): readonly StoredWrite[] =>
  writes.map((write) =>
    write.kind === 'memory' ? storedMemory(write, contents) : storedFile(write, contents),
  );

const storedFile = ({ kind, name, text }: FileWrite, contents: Contents): StoredFileWrite => ({
  kind,
  name: cleanText(name),
  text: contents.addWhole(text),
  size: Buffer.byteLength(cleanText(text)),
});

export interface ApplyWrites {
  readonly workspaceId: string;
  readonly simulationId: string;
  /** Writes with the step that made each, in the order in which they happened. */
  readonly writes: readonly { readonly path: string; readonly write: StoredWrite }[];
  /** Only if that attempt's answer is the one on record. */
  readonly fence?: { readonly epoch: number; readonly attempt: number };
}

/** Makes writes true of a simulation. Their texts and steps must be stored before. */
export async function applyWrites(transaction: AnyTransaction, apply: ApplyWrites): Promise<void> {
  const memories = apply.writes.flatMap(({ path, write }) =>
    write.kind === 'memory' ? [{ path, write }] : [],
  );
  await Promise.all([
    applyFiles(transaction, apply),
    applyMemories(transaction, { ...apply, writes: memories }),
  ]);
}

async function applyFiles(
  transaction: AnyTransaction,
  { workspaceId, simulationId, writes, fence }: ApplyWrites,
): Promise<void> {
  const named = writes.flatMap(({ path, write }) =>
    write.kind === 'file' ? [[write.name, { path, ...write }] as const] : [],
  );
  // One statement cannot write a row twice: of two writes to one file the later counts.
  const files = [...new Map(named).values()];
  if (files.length === 0) return;
  await runPrepared(transaction, WRITE_FILES, [
    workspaceId,
    simulationId,
    files.map(({ name }) => name),
    files.map(({ path }) => path),
    files.map(({ text }) => contentHash(text)),
    files.map(({ size }) => size),
    fence?.epoch ?? null,
    fence?.attempt ?? null,
  ]);
}

const WRITE_FILES: PreparedStatement = {
  name: 'files.write',
  text: `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
select $1, $2, given.name, given.path, given.sha256, given.size
from unnest($3::text[], $4::text[], $5::bytea[], $6::integer[]) as given (name, path, sha256, size)
join steps on steps.simulation_id = $2 and steps.path = given.path and steps.state = 'completed'
  and ($7::integer is null or (steps.epoch, steps.attempt) = ($7::integer, $8::integer))
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`,
};
