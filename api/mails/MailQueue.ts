import type { Sequelize, Transaction } from 'sequelize';
import { asMailer } from '../database/connect.ts';
import {
  forgetOldLetters,
  type KeptLetter,
  keepLetter,
  type Letter,
  listLetters,
} from '../database/letters/letters.ts';
import { doorOf } from '../database/secrets/Door.ts';
import { type InstallationKeys, readInstallationKeys } from '../database/secrets/installationKeys.ts';
import type { KeySet } from '../database/secrets/keySet.ts';

/** Mails of ours to people. The worker sends them; without a mail server they stay. */
export interface MailQueue {
  /** Sent once the transaction is committed, however long the mail server is away. */
  send(transaction: Transaction, letter: Letter): Promise<void>;
  /** The newest of those that wait, or that no mail server takes. */
  list(): Promise<KeptLetter[]>;
  forgetOld(): Promise<void>;
}

export function createMailQueue(database: Sequelize, keys: KeySet): MailQueue {
  let known: Promise<InstallationKeys> | undefined;
  const mailKeys = (): Promise<InstallationKeys> => {
    known ??= readInstallationKeys(doorOf(database), keys, 'account-mails').catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    send: async (transaction, letter) => keepLetter(transaction, await mailKeys(), letter),
    async list() {
      const ready = await mailKeys();
      return asMailer(database, (transaction) => listLetters(transaction, ready));
    },
    async forgetOld() {
      await asMailer(database, forgetOldLetters);
    },
  };
}
