import nodemailer from 'nodemailer';
import type { KeptLetter } from '#api/database/letters/letters.ts';
import { type Mail, MailRefused } from './Mail.ts';
import { letterOf, MAIL_OPTIONS } from './mailOptions.ts';

export interface SmtpOptions {
  /** `SMTP_URL`: the operator's server, wherever it is. */
  readonly url: string;
  readonly from: string;
}

export interface SmtpMail extends Mail {
  /** One of our own, to a person. Throws MailRefused when it was not taken. */
  sendLetter(letter: KeptLetter): Promise<void>;
  close(): void;
}

/** Sends through the operator's server. */
export function smtpMail({ url, from }: SmtpOptions): SmtpMail {
  const transport = nodemailer.createTransport(
    { url, pool: true, maxConnections: 2, ...MAIL_OPTIONS },
    { from },
  );
  const send = async (message: {
    to: string | string[];
    subject: string;
    text: string;
    messageId: string;
  }) => {
    try {
      await transport.sendMail(message);
    } catch (error) {
      throw new MailRefused(error);
    }
  };
  return {
    outcome: 'sent',
    send: (message) => send(letterOf(message)),
    sendLetter: ({ id, to, subject, text }) => send({ to, subject, text, messageId: `<${id}@troupe>` }),
    close: () => transport.close(),
  };
}
