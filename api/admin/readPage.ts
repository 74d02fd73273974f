import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { asAdmin } from '../database/connect.ts';
import { likeAnywhere } from '../database/likeAnywhere.ts';
import { readCursor, toPage } from '../pages.ts';

interface WantedPage {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * Reads a page of everything on this installation, the newest first. The statement gets the pattern searched for as $1,
 * the time and id after which the page begins as $2 and $3 (each null when there is none), and its limit as $4.
 */
export async function readPage<Row extends { readonly id: string; readonly createdAt: Date }>(
  { database }: MemberContext,
  statement: string,
  { search, cursor, limit }: WantedPage,
) {
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await asAdmin(database, (transaction) =>
    database.query<Row>(statement, {
      bind: [search ? likeAnywhere(search) : null, after?.at ?? null, after?.id ?? null, limit + 1],
      transaction,
      type: QueryTypes.SELECT,
    }),
  );
  return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** Of a table, for such a statement. Pages begin behind a time that is told in milliseconds. */
export const newestFirst = (table: string): string => `
  and ($2::timestamptz is null
    or (date_trunc('milliseconds', ${table}.created_at), ${table}.id) < ($2::timestamptz, $3::uuid))
order by date_trunc('milliseconds', ${table}.created_at) desc, ${table}.id desc limit $4`;
