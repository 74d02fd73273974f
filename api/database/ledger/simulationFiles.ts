import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { loadTexts } from './contents.ts';
import type { StoredResponse } from './stored.ts';

/** What a file of a simulation held at some time. Its text never changes under its hash. */
export interface FileVersion {
  readonly name: string;
  /** Step that wrote it. */
  readonly path: string;
  /** SHA-256 of the text, base64url. */
  readonly ref: string;
  /** In bytes. */
  readonly size: number;
}

/** Every file of a simulation as it is now, by name. */
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

/** The text of a version. A short answer that became a file stands in its step alone. */
export async function readFileText(
  transaction: AnyTransaction,
  {
    simulationId,
    version,
  }: { readonly simulationId: string; readonly version: Pick<FileVersion, 'path' | 'ref'> },
): Promise<string> {
  const [row] = await runPrepared<{ text: string | null; response: StoredResponse | null }>(
    transaction,
    READ,
    [Buffer.from(version.ref, 'base64url'), simulationId, version.path],
  );
  if (row?.text != null) return row.text;
  if (!row?.response) throw new Error(`The text of a file of ${version.path} is not in the ledger`);
  const { text } = row.response;
  return (await loadTexts(transaction, [text]))(text);
}

interface FileRow {
  readonly name: string;
  readonly path: string;
  readonly sha256: Buffer;
  readonly size: number;
}

const versionOf = ({ sha256, ...row }: FileRow): FileVersion => ({
  ...row,
  ref: sha256.toString('base64url'),
});

const LIST: PreparedStatement = {
  name: 'files.list',
  text: 'select name, path, sha256, size from simulation_files where simulation_id = $1 order by name',
};

const FIND: PreparedStatement = {
  name: 'files.find',
  text: 'select name, path, sha256, size from simulation_files where simulation_id = $1 and name = $2',
};

const READ: PreparedStatement = {
  name: 'files.read',
  text: `
select (select text from contents where sha256 = $1) as text,
  (select response from steps where simulation_id = $2 and path = $3 and state = 'completed') as response`,
};
