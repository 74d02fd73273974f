import { createHash } from 'node:crypto';
import type { MailMessage } from './Mail.ts';

const PATIENCE_MS = 15_000;

/** Holds for every mail server. */
export const MAIL_OPTIONS = {
  connectionTimeout: PATIENCE_MS,
  greetingTimeout: PATIENCE_MS,
  socketTimeout: PATIENCE_MS,
  // Nothing of a message is read from disks or fetched.
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

/** The id is the same for the same step, so that servers and readers can tell a repeat after a crash. */
export function letterOf({ simulationId, path, to, subject, text }: MailMessage) {
  const id = createHash('sha256').update(`${simulationId}/${path}`).digest('hex').slice(0, 40);
  return { to: [...to], subject, text, messageId: `<${id}@troupe>` };
}
