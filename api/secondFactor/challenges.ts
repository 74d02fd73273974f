import { createHash, randomBytes } from 'node:crypto';
import { QueryTypes, type Sequelize } from 'sequelize';

/** Long enough to find the phone. */
export const CHALLENGE_SECONDS = 300;
/** Wrong codes until the password has to be given again. */
const ATTEMPTS = 5;

const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest();

/** For somebody who gave their password and not their code yet. It opens nothing by itself; the table keeps a hash. */
export async function createChallenge(database: Sequelize, userId: string): Promise<string> {
  const challenge = randomBytes(32).toString('base64url');
  await database.query(
    `insert into login_challenges (token_hash, user_id, expires_at)
     values ($1, $2, now() + make_interval(secs => ${CHALLENGE_SECONDS}))`,
    { bind: [hashOf(challenge), userId] },
  );
  return challenge;
}

export interface Attempt {
  readonly userId: string;
  readonly attemptsLeft: number;
}

/** Counts an attempt before it is looked at, so that attempts at once count as well; null when there is none left. */
export async function takeAttempt(database: Sequelize, challenge: string): Promise<Attempt | null> {
  const [row] = await database.query<Attempt>(
    `update login_challenges set attempts = attempts + 1
     where token_hash = $1 and expires_at > now() and attempts < ${ATTEMPTS}
     returning user_id as "userId", ${ATTEMPTS} - attempts as "attemptsLeft"`,
    { bind: [hashOf(challenge)], type: QueryTypes.SELECT },
  );
  return row ?? null;
}

/** A challenge is good once: of two who met it at the same time, one hears that they did. */
export async function endChallenge(database: Sequelize, challenge: string): Promise<boolean> {
  const ended = await database.query('delete from login_challenges where token_hash = $1 returning user_id', {
    bind: [hashOf(challenge)],
    type: QueryTypes.SELECT,
  });
  return ended.length > 0;
}

export const forgetExpiredChallenges = (database: Sequelize): Promise<unknown> =>
  database.query('delete from login_challenges where expires_at < now()');
