import { col, where as compare, fn, QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { User } from '../database/models/User.ts';

/** The account with this address, however it is written. */
export const findByEmail = (email: string, transaction?: Transaction): Promise<User | null> =>
  User.findOne({
    where: compare(fn('lower', col('email')), email.toLowerCase()),
    ...(transaction && { transaction }),
  });

/**
 * Somebody may still take this address back after a change that was not theirs: until then nobody else gets it, or a thief
 * could keep them out by signing up with it.
 */
export async function isReserved(
  database: Sequelize,
  { email, except = null, transaction }: { email: string; except?: string | null; transaction?: Transaction },
): Promise<boolean> {
  const [row] = await database.query(
    `select 1 from one_time_tokens where purpose = 'undoEmail' and lower(email) = lower($1)
       and expires_at > now() and user_id is distinct from $2 limit 1`,
    { bind: [email, except], type: QueryTypes.SELECT, ...(transaction && { transaction }) },
  );
  return row !== undefined;
}
