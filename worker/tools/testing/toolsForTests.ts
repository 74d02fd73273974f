import { Ledger } from '#api/database/Ledger.ts';
import type { Mail, MailMessage } from '../mail/Mail.ts';
import { createTools, type Tools } from '../tools.ts';

/** A mail server that only remembers. */
export function rememberedMail(): Mail & { readonly sent: readonly MailMessage[] } {
  const sent: MailMessage[] = [];
  return {
    sent,
    outcome: 'sent',
    async send(message) {
      sent.push(message);
    },
  };
}

// Opens no connection until it is asked.
const nowhere = new Ledger({ url: 'postgres://127.0.0.1:1/none', poolSize: 1 });

/** All tools, none of which reaches anything by itself. */
export const toolsForTests = (): Tools =>
  createTools({ searchKeys: {}, mail: rememberedMail(), ledger: nowhere, embedder: null });
