import { createHash } from 'node:crypto';
import nodemailer from 'nodemailer';
import { type Mail, type MailMessage, MailRefused } from './Mail.ts';

export interface SmtpOptions {
  /** `SMTP_URL`: the operator's server, whichever it is. */
  readonly url: string;
  readonly from: string;
}

const PATIENCE_MS = 15_000;

/** Sends through the operator's server. */
export function smtpMail({ url, from }: SmtpOptions): Mail & { close(): void } {
  const transport = nodemailer.createTransport(
    {
      url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      // Nothing of a message is read from disks or fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    outcome: 'sent',
    async send(message) {
      const { to, subject, text } = message;
      try {
        await transport.sendMail({ to: [...to], subject, text, messageId: messageId(message) });
      } catch (error) {
        throw new MailRefused(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The same for the same step, so that servers and readers can tell a repeat after a crash. */
function messageId({ simulationId, path }: MailMessage): string {
  const id = createHash('sha256').update(`${simulationId}/${path}`).digest('hex').slice(0, 40);
  return `<${id}@troupe>`;
}
