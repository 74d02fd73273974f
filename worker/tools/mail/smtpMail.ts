import nodemailer from 'nodemailer';
import { type Mail, MailRefused } from './Mail.ts';
import { letterOf, MAIL_OPTIONS } from './mailOptions.ts';

export interface SmtpOptions {
  /** `SMTP_URL`: the operator's server, wherever it is. */
  readonly url: string;
  readonly from: string;
}

/** Sends through the operator's server. */
export function smtpMail({ url, from }: SmtpOptions): Mail & { close(): void } {
  const transport = nodemailer.createTransport(
    { url, pool: true, maxConnections: 2, ...MAIL_OPTIONS },
    { from },
  );
  return {
    outcome: 'sent',
    async send(message) {
      try {
        await transport.sendMail(letterOf(message));
      } catch (error) {
        throw new MailRefused(error);
      }
    },
    close: () => transport.close(),
  };
}
