import { Ledger } from '#api/database/Ledger.ts';
import { Embedders } from '../../knowledge/Embedders.ts';
import { limitsAlone, sourceOf } from '../../testing/credentials.ts';
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

const nobodyEmbeds = new Embedders({
  door: nowhere,
  operator: null,
  credentials: sourceOf(),
  limits: limitsAlone(),
  fetch: () => Promise.reject(new Error('This test reaches nothing')),
});

/** All tools, none of which reaches anything by itself. */
export const toolsForTests = (): Tools =>
  createTools({ searchKeys: {}, mail: rememberedMail(), ledger: nowhere, embedders: nobodyEmbeds });
