import { createHash, randomBytes } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

/** A program that does not come back for this long signs in again, as a browser does. */
export const REFRESH_DAYS = 14;
/** A reply may be lost on its way; within this time the program may ask once more with the token it has. */
const GRACE_SECONDS = 30;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

interface NewToken {
  readonly sessionId: string;
  /** Hash of the token it was given for; none at a login. */
  readonly parent?: Buffer;
}

/** 256 bits, good once. The table keeps a hash; all tokens of one session are a family and end with it. */
export async function addRefreshToken(
  database: Sequelize,
  { sessionId, parent }: NewToken,
  transaction?: Transaction,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.query(
    `insert into refresh_tokens (token_hash, session_id, parent_hash, expires_at)
     values ($1, $2, $3, now() + make_interval(days => ${REFRESH_DAYS}))`,
    { bind: [hashOf(token), sessionId, parent ?? null], transaction },
  );
  return token;
}

export type Exchange =
  | { readonly outcome: 'unknown' }
  /** Used before: somebody has a copy, and nobody knows which of the two is the owner. */
  | { readonly outcome: 'reused'; readonly sessionId: string }
  | { readonly outcome: 'renewed'; readonly sessionId: string; readonly refreshToken: string };

/** Gives a new token for one that was not used, or was used a moment ago by somebody whose reply was lost. */
export function exchangeRefreshToken(database: Sequelize, token: string): Promise<Exchange> {
  return database.transaction(async (transaction) => {
    const hash = hashOf(token);
    const [row] = await database.query<{ sessionId: string; isGood: boolean }>(LOCK, {
      bind: [hash],
      transaction,
      type: QueryTypes.SELECT,
    });
    if (!row) return { outcome: 'unknown' };
    const { sessionId, isGood } = row;
    if (!isGood) return { outcome: 'reused', sessionId };
    await database.query(
      'update refresh_tokens set used_at = coalesce(used_at, now()) where token_hash = $1',
      {
        bind: [hash],
        transaction,
      },
    );
    const refreshToken = await addRefreshToken(database, { sessionId, parent: hash }, transaction);
    return { outcome: 'renewed', sessionId, refreshToken };
  });
}

// A reply of which the new token was used did arrive: then a second use is a copy, however soon it comes.
const LOCK = `
  select t.session_id as "sessionId",
    t.used_at is null or (
      t.used_at > now() - make_interval(secs => ${GRACE_SECONDS})
      and not exists (select 1 from refresh_tokens next where next.parent_hash = t.token_hash and next.used_at is not null)
    ) as "isGood"
  from refresh_tokens t where t.token_hash = $1 and t.expires_at > now() for update of t`;

export const forgetExpiredRefreshTokens = (database: Sequelize): Promise<unknown> =>
  database.query('delete from refresh_tokens where expires_at < now()');
