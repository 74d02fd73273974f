import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { StoredText } from '../../database/ledger/stored.ts';

/** How many characters stored texts have, without reading them. */
export async function readLengths(
  database: Sequelize,
  transaction: Transaction,
  texts: readonly StoredText[],
): Promise<(text: StoredText) => number> {
  const refs = [...new Set(texts.flatMap((text) => ('ref' in text ? [text.ref] : [])))];
  const rows = await database.query<{ sha256: Buffer; length: number }>(
    'select sha256, length(text) as length from contents where sha256 = any($1::bytea[])',
    { bind: [refs.map((ref) => Buffer.from(ref, 'base64url'))], transaction, type: QueryTypes.SELECT },
  );
  const lengths = new Map(rows.map(({ sha256, length }) => [sha256.toString('base64url'), length]));
  return (text) => ('ref' in text ? (lengths.get(text.ref) ?? 0) : text.text.length);
}
