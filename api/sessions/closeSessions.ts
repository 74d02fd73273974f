import { Op, type Sequelize, type Transaction } from 'sequelize';
import { Session } from '../database/models/Session.ts';

export interface CloseSessionsOptions {
  /** Id of the one that stays open. */
  readonly except?: string | undefined;
  readonly transaction: Transaction;
}

/** Signs somebody out everywhere, or everywhere else, and says how often. Access and refresh tokens end with their sessions. */
export async function closeSessions(
  database: Sequelize,
  userId: string,
  { except, transaction }: CloseSessionsOptions,
): Promise<number> {
  const closed = await Session.destroy({
    where: { userId, ...(except !== undefined && { id: { [Op.ne]: except } }) },
    transaction,
  });
  // Whoever gave the old password and not yet the second step.
  await database.query('delete from login_challenges where user_id = $1', { bind: [userId], transaction });
  return closed;
}
