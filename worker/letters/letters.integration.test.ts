import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '#api/database/Ledger.ts';
import { type KeptLetter, keepLetter, listLetters } from '#api/database/letters/letters.ts';
import { type InstallationKeys, readInstallationKeys } from '#api/database/secrets/installationKeys.ts';
import { createKeySet } from '#api/database/secrets/keySet.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { testEnv } from '../testing/testEnv.ts';
import { MailRefused } from '../tools/mail/Mail.ts';
import type { SmtpMail } from '../tools/mail/smtpMail.ts';
import { sendDueLetters } from './startPostman.ts';

const ledger = new Ledger({ url: testEnv().databaseUrl, poolSize: 4 });
let keys: InstallationKeys;
const loadKeys = async () => keys;
beforeAll(async () => {
  keys = await readInstallationKeys(ledger, createKeySet(SECRET_KEYS_OF_TESTS), 'account-mails');
});
const emptyOutbox = () =>
  ledger.asMailer((transaction) => transaction.run({ name: 'empty', text: 'delete from account_mails' }, []));
beforeEach(emptyOutbox);
afterAll(async () => {
  await emptyOutbox();
  await ledger.close();
});

/** Takes what it is told to take. */
function openMailServer({ isRefusing = false } = {}): SmtpMail & { readonly taken: KeptLetter[] } {
  const taken: KeptLetter[] = [];
  return {
    taken,
    outcome: 'sent',
    send: async () => undefined,
    async sendLetter(letter) {
      if (isRefusing) throw new MailRefused(new Error('no'));
      taken.push(letter);
    },
    close: () => undefined,
  };
}
const log = { warn: () => undefined };
const keep = (subject: string) =>
  // As the api does it: without any view of its own.
  ledger.inWorkspace(crypto.randomUUID(), (transaction) =>
    keepLetter(transaction, keys, {
      to: 'ada@example.com',
      subject,
      text: 'https://troupe.example/verify#canary',
    }),
  );
const list = () => ledger.asMailer((transaction) => listLetters(transaction, keys));

describe('letters', () => {
  it('are sent once each by several workers, and forgotten', async () => {
    for (let number = 0; number < 10; number += 1) await keep(`Letter ${number}`);
    const servers = [openMailServer(), openMailServer(), openMailServer()];
    await Promise.all(servers.map((mail) => sendDueLetters({ ledger, loadKeys, mail, log })));
    const subjects = servers.flatMap(({ taken }) => taken.map(({ subject }) => subject));
    expect(subjects.toSorted()).toEqual(Array.from({ length: 10 }, (_, number) => `Letter ${number}`));
    expect(await list()).toEqual([]);
  });

  it('wait when the mail server refuses, and are not tried again at once', async () => {
    await keep('Later');
    await sendDueLetters({ ledger, loadKeys, mail: openMailServer({ isRefusing: true }), log });
    expect(await list()).toMatchObject([{ subject: 'Later', attempts: 1 }]);
    const mail = openMailServer();
    await sendDueLetters({ ledger, loadKeys, mail, log });
    expect(mail.taken).toEqual([]);
  });

  it('V24: can be read by nobody in the table, and from no workspace', async () => {
    await keep('Secret');
    const seen = await ledger.inWorkspace(crypto.randomUUID(), (transaction) =>
      transaction.run({ name: 'peek', text: 'select * from account_mails' }, []),
    );
    expect(seen).toEqual([]);
    const [row] = await ledger.asMailer((transaction) =>
      transaction.run<{ letter: Buffer }>({ name: 'raw', text: 'select letter from account_mails' }, []),
    );
    expect(row?.letter.toString('latin1')).not.toContain('canary');
  });
});
