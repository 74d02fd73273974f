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

/** All tools, none of which reaches anything by itself. */
export const toolsForTests = (): Tools => createTools({ searchKeys: {}, mail: rememberedMail() });
