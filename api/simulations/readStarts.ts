import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { StoredText } from '../database/ledger/stored.ts';

export interface Start {
  readonly text: string;
  /** There is more of it. */
  readonly isCut: boolean;
}

/** Reads the beginnings of stored texts, at most `length` characters of each. */
export async function readStarts(
  database: Sequelize,
  transaction: Transaction,
  { texts, length }: { readonly texts: readonly StoredText[]; readonly length: number },
): Promise<(text: StoredText) => Start> {
  const refs = [...new Set(texts.flatMap((text) => ('ref' in text ? [text.ref] : [])))];
  const rows = await database.query<Start & { sha256: Buffer }>(
    `select sha256, left(text, $2::integer) as text, length(text) > $2::integer as "isCut"
     from contents where sha256 = any($1::bytea[])`,
    {
      bind: [refs.map((ref) => Buffer.from(ref, 'base64url')), length],
      transaction,
      type: QueryTypes.SELECT,
    },
  );
  const starts = new Map(
    rows.map(({ sha256, text, isCut }) => [sha256.toString('base64url'), { text, isCut }]),
  );
  return (text) => {
    if ('text' in text) return { text: text.text, isCut: false };
    const found = starts.get(text.ref);
    if (!found) throw new Error(`Content ${text.ref} is not in the ledger`);
    return found;
  };
}
