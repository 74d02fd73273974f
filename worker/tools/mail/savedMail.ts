import nodemailer from 'nodemailer';
import { kindOf, originOf } from '#workflows/catalogue/credentials.ts';
import type { ToolContext } from '../Tool.ts';
import { type Mail, MailRefused } from './Mail.ts';
import { letterOf, MAIL_OPTIONS } from './mailOptions.ts';

/**
 * The mail server that somebody saved for this crew, if there is one. It is dialed through the door: at an address that
 * was checked, under its own name.
 */
export async function savedMail({
  credentials,
  egress,
}: Pick<ToolContext, 'credentials' | 'egress'>): Promise<Mail | undefined> {
  const found = await credentials.find(['smtp']);
  const origin = found?.url && originOf(found.url, kindOf('smtp').schemes);
  if (!found || !origin) return undefined;
  const { protocol, hostname, port } = new URL(origin);
  const { username, value } = await credentials.reveal(found.id, origin);
  const user = username ?? '';
  const from = user.includes('@') ? user : `${user || 'troupe'}@${hostname}`;
  return {
    outcome: 'sent',
    async send(message) {
      const host = await egress.addressOf({ hostname, port: Number(port) });
      const transport = nodemailer.createTransport({
        host,
        port: Number(port),
        secure: protocol === 'smtps:',
        // A password is not sent where everybody on the way could read it.
        requireTLS: user !== '' && protocol === 'smtp:' && host !== hostname,
        tls: { servername: hostname },
        ...(user !== '' && { auth: { user, pass: value } }),
        ...MAIL_OPTIONS,
      });
      try {
        await transport.sendMail({ from, ...letterOf(message) });
      } catch (error) {
        throw new MailRefused(error);
      } finally {
        transport.close();
      }
    },
  };
}
