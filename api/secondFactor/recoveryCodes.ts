import { randomInt } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Passwords } from '../sessions/passwords.ts';

const COUNT = 10;
/** Without what is read for something else: 0 and o, 1 and l and i, u and v. */
const ALPHABET = '23456789abcdefghjkmnpqrstwxyz';
const GROUPS = 3;
const GROUP = 4;

export interface Owner {
  readonly userId: string;
  /** The personal one. */
  readonly workspaceId: string;
}

interface RecoveryCode {
  /** Says which hash to compare with: each takes as long as a password's. */
  readonly number: number;
  readonly text: string;
}

/** Ten codes such as `3-k7mp-x2qd-9tfh`, of 58 bits each beside the number. */
export const makeRecoveryCodes = (): RecoveryCode[] =>
  Array.from({ length: COUNT }, (_, number) => ({
    number,
    text: [number, ...Array.from({ length: GROUPS }, makeGroup)].join('-'),
  }));

const makeGroup = (): string =>
  Array.from({ length: GROUP }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** As it is hashed: people write them with and without dashes, in capitals, with spaces. */
export const normalise = (code: string): string => code.replaceAll(/[\s-]/g, '').toLowerCase();

const FORM = new RegExp(`^\\d[${ALPHABET}]{${GROUPS * GROUP}}$`);

/** Hashed like passwords, since they are too short for a quick hash; outside of any transaction, since that takes a while. */
export const hashCodes = (
  passwords: Passwords,
  codes: readonly RecoveryCode[],
): Promise<{ number: number; hash: string }[]> =>
  Promise.all(
    codes.map(async ({ number, text }) => ({ number, hash: await passwords.hash(normalise(text)) })),
  );

/** In place of all there were. */
export async function replaceCodes(
  database: Sequelize,
  transaction: Transaction,
  { userId, workspaceId, hashes }: Owner & { hashes: readonly { number: number; hash: string }[] },
): Promise<void> {
  await database.query('delete from recovery_codes where user_id = $1', { bind: [userId], transaction });
  for (const { number, hash } of hashes)
    await database.query(
      'insert into recovery_codes (user_id, workspace_id, number, code_hash) values ($1, $2, $3, $4)',
      { bind: [userId, workspaceId, number, hash], transaction },
    );
}

export interface UseCode extends Owner {
  readonly code: string;
  readonly passwords: Passwords;
}

/** Uses a code up, if it is one. Of two who try the same at once, one succeeds. */
export async function useRecoveryCode(
  inOwn: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>,
  { database, userId, code, passwords }: UseCode & { database: Sequelize },
): Promise<boolean> {
  const text = normalise(code);
  if (!FORM.test(text)) return false;
  const number = Number(text.charAt(0));
  const find = (transaction: Transaction) =>
    database.query<{ hash: string }>(
      'select code_hash as hash from recovery_codes where user_id = $1 and number = $2',
      { bind: [userId, number], transaction, type: QueryTypes.SELECT },
    );
  const [kept] = await inOwn(find);
  if (!(await passwords.verify(kept?.hash ?? null, text))) return false;
  const used = await inOwn((transaction) =>
    database.query(
      'delete from recovery_codes where user_id = $1 and number = $2 and code_hash = $3 returning number',
      { bind: [userId, number, kept?.hash], transaction, type: QueryTypes.SELECT },
    ),
  );
  return used.length > 0;
}
