import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { loadTexts } from './contents.ts';
import type { StoredResponse } from './stored.ts';

/** What a file of a simulation held at some time. Its text never changes under its hash. */
export interface FileVersion {
  readonly name: string;
  /** SHA-256 of the text, base64url. */
  readonly ref: string;
  /** In bytes. */
  readonly size: number;
}

/** The files of a simulation as they are now, by name. */
export async function listFileVersions(
  transaction: AnyTransaction,
  simulationId: string,
): Promise<readonly FileVersion[]> {
  const rows = await runPrepared<FileRow>(transaction, LIST, [simulationId]);
  return rows.map(versionOf);
}

/** Null when there is no file of that name. */
export async function findFileVersion(
  transaction: AnyTransaction,
  { simulationId, name }: { readonly simulationId: string; readonly name: string },
): Promise<FileVersion | null> {
  const [row] = await runPrepared<FileRow>(transaction, FIND, [simulationId, name]);
  return row ? versionOf(row) : null;
}

/** The text of a version. A short answer that a person gave stands in its step alone. */
export async function readFileText(
  transaction: AnyTransaction,
  { simulationId, ref }: { readonly simulationId: string; readonly ref: string },
): Promise<string> {
  const values = [Buffer.from(ref, 'base64url'), simulationId];
  const [row] = await runPrepared<TextRow>(transaction, READ, values);
  if (row?.text != null) return row.text;
  if (!row?.response) throw new Error(`The text of file ${ref} is not in the ledger`);
  const { text } = row.response;
  return (await loadTexts(transaction, [text]))(text);
}

interface FileRow {
  readonly name: string;
  readonly sha256: Buffer;
  readonly size: number;
}

interface TextRow {
  readonly text: string | null;
  readonly response: StoredResponse | null;
}

const versionOf = ({ name, sha256, size }: FileRow): FileVersion => ({
  name,
  ref: sha256.toString('base64url'),
  size,
});

/** More than anybody reads in a list; a simulation's limit of tool calls keeps them fewer. */
const LIST: PreparedStatement = {
  name: 'files.list',
  text: 'select name, sha256, size from simulation_files where simulation_id = $1 order by name limit 1000',
};

const FIND: PreparedStatement = {
  name: 'files.find',
  text: 'select name, sha256, size from simulation_files where simulation_id = $1 and name = $2',
};

const READ: PreparedStatement = {
  name: 'files.read',
  text: `
select (select text from contents where sha256 = $1) as text,
  (select response from steps where simulation_id = $2 and state = 'completed' and path = (
    select path from simulation_files where simulation_id = $2 and sha256 = $1 limit 1)) as response`,
};
