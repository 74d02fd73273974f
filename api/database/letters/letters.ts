import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { InstallationKeys } from '../secrets/installationKeys.ts';
import { open, pack, seal, unpack } from '../secrets/seal.ts';

/** A mail of ours to one person: a link to confirm an address with, an invitation, a warning. */
export const Letter = z.object({ to: z.string(), subject: z.string(), text: z.string() });
export type Letter = z.infer<typeof Letter>;

/** A letter that waits to be sent. */
export interface KeptLetter extends Letter {
  /** The same at each try, so that readers can tell a repeat. */
  readonly id: string;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Letters hold links that open accounts, so that nobody reads them in the table. Sent with the transaction or not at all. */
export async function keepLetter(
  transaction: AnyTransaction,
  [{ id: keyId, bytes }]: InstallationKeys,
  letter: Letter,
): Promise<void> {
  const id = randomUUIDv7();
  const sealed = seal(bytes, Buffer.from(JSON.stringify(Letter.parse(letter))), placeOf(id));
  await runPrepared(transaction, KEEP, [id, keyId, pack(sealed)]);
}

/** The newest first, at most 50. Needs the mailer's view. */
export async function listLetters(
  transaction: AnyTransaction,
  keys: InstallationKeys,
): Promise<KeptLetter[]> {
  return (await runPrepared<Row>(transaction, NEWEST, [])).map((row) => openLetter(keys, row));
}

/** One that is due, kept from other senders until the transaction ends, or null. Needs the mailer's view. */
export async function takeDueLetter(
  transaction: AnyTransaction,
  keys: InstallationKeys,
): Promise<KeptLetter | null> {
  const [row] = await runPrepared<Row>(transaction, DUE, []);
  return row ? openLetter(keys, row) : null;
}

/** It was sent, or given up. */
export const forgetLetter = (transaction: AnyTransaction, id: string): Promise<object[]> =>
  runPrepared(transaction, FORGET, [id]);

export const postponeLetter = (
  transaction: AnyTransaction,
  { id, seconds }: { id: string; seconds: number },
): Promise<object[]> => runPrepared(transaction, POSTPONE, [id, seconds]);

/** Links in older ones do not work any more. */
export const forgetOldLetters = (transaction: AnyTransaction): Promise<object[]> =>
  runPrepared(transaction, FORGET_OLD, []);

interface Row {
  readonly id: string;
  readonly key_id: string;
  readonly letter: Buffer;
  readonly attempts: number;
  readonly created_at: Date;
}

function openLetter(keys: InstallationKeys, { id, key_id, letter, attempts, created_at }: Row): KeptLetter {
  const key = keys.find((one) => one.id === key_id);
  if (!key) throw new Error('A letter is encrypted with a key that is not there');
  const text = open(key.bytes, unpack(letter), placeOf(id)).toString();
  return { ...Letter.parse(JSON.parse(text)), id, attempts, createdAt: created_at };
}

const placeOf = (id: string): string => `account-mails|${id}|letter`;

const KEEP: PreparedStatement = {
  name: 'letters.keep',
  text: 'insert into account_mails (id, key_id, letter) values ($1, $2, $3)',
};

const COLUMNS = 'id, key_id, letter, attempts, created_at';

const NEWEST: PreparedStatement = {
  name: 'letters.newest',
  text: `select ${COLUMNS} from account_mails order by created_at desc limit 50`,
};

const DUE: PreparedStatement = {
  name: 'letters.due',
  text: `select ${COLUMNS} from account_mails where due_at <= now() order by due_at limit 1
    for update skip locked`,
};

const FORGET: PreparedStatement = {
  name: 'letters.forget',
  text: 'delete from account_mails where id = $1',
};

const POSTPONE: PreparedStatement = {
  name: 'letters.postpone',
  text: `update account_mails set attempts = attempts + 1, due_at = now() + make_interval(secs => $2) where id = $1`,
};

const FORGET_OLD: PreparedStatement = {
  name: 'letters.forgetOld',
  text: `delete from account_mails where created_at < now() - interval '7 days'`,
};
