import { Op, type Order, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { invalid } from './errors.ts';

/** Lists are read in pages: pass `nextCursor` back as `cursor` until it is null. */
export const PageInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  /** tRPC's infinite queries send it along. Lists are read forward. */
  direction: z.literal('forward').optional(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Where a page ended, for lists in order of a time and then of an id. */
const Place = z.tuple([z.iso.datetime(), z.uuid()]);

export interface PagePlace {
  readonly at: Date;
  readonly id: string;
}

const writeCursor = ({ at, id }: PagePlace): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

/** Reads what `writeCursor` wrote; anything else is refused as a bad request. */
export function readCursor(cursor: string): PagePlace {
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at: new Date(at), id };
  } catch {
    throw invalid('cursor', 'This is no cursor of this list.');
  }
}

/** Cuts a list that was read with one item too many, and says where the next page begins. */
export function toPage<T>(rows: readonly T[], limit: number, placeOf: (row: T) => PagePlace) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? writeCursor(placeOf(last)) : null };
}

interface WantedPage {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Parts of a look-up that reads one page of a list, whatever was made or changed last first. */
export function latestFirst<By extends 'createdAt' | 'updatedAt'>(by: By, { cursor, limit }: WantedPage) {
  const after = cursor === undefined ? null : readCursor(cursor);
  const where: WhereOptions = after
    ? { [Op.or]: [{ [by]: { [Op.lt]: after.at } }, { [by]: after.at, id: { [Op.lt]: after.id } }] }
    : {};
  const order: Order = [
    [by, 'DESC'],
    ['id', 'DESC'],
  ];
  return {
    /** What comes after the page before. */
    where,
    range: { order, limit: limit + 1 },
    toPage: <Row extends Readonly<Record<By, Date>> & { readonly id: string }>(rows: readonly Row[]) =>
      toPage(rows, limit, (row) => ({ at: row[by], id: row.id })),
  };
}
