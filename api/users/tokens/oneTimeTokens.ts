import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { AppError } from '../../errors.ts';

/** What a link in a mail is good for, and for how long in minutes (SAFETY, section 4). */
const MINUTES = {
  verify: 24 * 60,
  reset: 30,
  changeEmail: 24 * 60,
  undoEmail: 7 * 24 * 60,
  invite: 7 * 24 * 60,
  export: 24 * 60,
  keepAccount: 7 * 24 * 60,
} as const;
export type TokenPurpose = keyof typeof MINUTES;

export interface TokenOwner {
  readonly purpose: TokenPurpose;
  /** One token is good at a time for each purpose and subject: a user's id, or more than that. */
  readonly subject: string;
  readonly userId?: string;
  readonly workspaceId?: string;
  /** The address it was sent to, or is about. */
  readonly email?: string;
}

export interface UsedToken {
  readonly subject: string;
  readonly userId: string | null;
  readonly workspaceId: string | null;
  readonly email: string | null;
  readonly createdAt: Date;
}

/** 256 bits, for the fragment of a link. The table keeps a hash; an earlier token of the same subject is void. */
export async function createOneTimeToken(
  database: Sequelize,
  transaction: Transaction,
  { purpose, subject, userId, workspaceId, email }: TokenOwner,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.query(
    `insert into one_time_tokens (id, purpose, subject, token_hash, user_id, workspace_id, email, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))
     on conflict (purpose, subject) do update set token_hash = excluded.token_hash, user_id = excluded.user_id,
       workspace_id = excluded.workspace_id, email = excluded.email, expires_at = excluded.expires_at,
       created_at = now()`,
    {
      bind: [
        randomUUIDv7(),
        purpose,
        subject,
        hashOf(token),
        userId ?? null,
        workspaceId ?? null,
        email ?? null,
        MINUTES[purpose],
      ],
      transaction,
    },
  );
  return token;
}

/** Uses a token up, in one statement: of two who try, one succeeds. Unknown, used and expired are refused alike. */
export async function consumeOneTimeToken(
  database: Sequelize,
  transaction: Transaction,
  { purpose, token }: { purpose: TokenPurpose; token: string },
): Promise<UsedToken> {
  const [used] = await database.query<UsedToken>(
    `delete from one_time_tokens where purpose = $1 and token_hash = $2 and expires_at > now()
     returning subject, user_id as "userId", workspace_id as "workspaceId", email, created_at as "createdAt"`,
    { bind: [purpose, hashOf(token)], transaction, type: QueryTypes.SELECT },
  );
  if (!used) throw invalidToken();
  return used;
}

/** Looks at a token without using it up: what is slow can then be done for good ones alone. */
export async function findOneTimeToken(
  database: Sequelize,
  { purpose, token }: { purpose: TokenPurpose; token: string },
): Promise<UsedToken> {
  const [found] = await database.query<UsedToken>(
    `select subject, user_id as "userId", workspace_id as "workspaceId", email,
       created_at as "createdAt" from one_time_tokens
     where purpose = $1 and token_hash = $2 and expires_at > now()`,
    { bind: [purpose, hashOf(token)], type: QueryTypes.SELECT },
  );
  if (!found) throw invalidToken();
  return found;
}

/**
 * Makes void what was mailed to somebody before their account changed hands. Links that save an account from a thief
 * (`undoEmail`, `keepAccount`) stay good, since the thief may be who changed it; so does the one that confirms an address
 * nobody has confirmed yet.
 */
export const forgetTokensOf = (
  database: Sequelize,
  transaction: Transaction,
  userId: string,
): Promise<unknown> =>
  database.query(
    `delete from one_time_tokens t using users u
     where t.user_id = $1 and u.id = $1 and (t.purpose in ('reset', 'changeEmail', 'export')
       or (t.purpose = 'verify' and u.email_verified_at is not null))`,
    { bind: [userId], transaction },
  );

export const forgetExpiredTokens = (database: Sequelize): Promise<unknown> =>
  database.query('delete from one_time_tokens where expires_at < now()');

export const invalidToken = (): AppError =>
  new AppError('token.invalid', 'This link does not work any more. Ask for a new one.');

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
