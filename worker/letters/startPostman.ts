import type { Logger } from 'pino';
import type { Ledger } from '#api/database/Ledger.ts';
import { forgetLetter, postponeLetter, takeDueLetter } from '#api/database/letters/letters.ts';
import type { InstallationKeys } from '#api/database/secrets/installationKeys.ts';
import { type Rounds, startRounds } from '#api/database/startRounds.ts';
import type { SmtpMail } from '../tools/mail/smtpMail.ts';

/** How soon somebody who waits for a link gets it. */
const LOOK_EACH_MS = 1_000;
const FIRST_DELAY_SECONDS = 15;
const LONGEST_DELAY_SECONDS = 3_600;
/** About half a day of tries; no link in a letter of ours matters for longer than that. */
const MOST_ATTEMPTS = 20;

export interface PostmanParts {
  readonly ledger: Ledger;
  readonly loadKeys: () => Promise<InstallationKeys>;
  readonly mail: SmtpMail;
  readonly log: Pick<Logger, 'warn'>;
}

/** Sends the letters that the api queued, for as long as the worker runs. Several workers share the work. */
export const startPostman = (parts: PostmanParts): Rounds =>
  startRounds((isStopped) => sendDueLetters(parts, isStopped), {
    pauseMs: LOOK_EACH_MS,
    onError: (error) => parts.log.warn({ reason: nameOf(error) }, 'Mails wait and will be tried again'),
  });

/** Until none is due. A letter is forgotten when the server took it: a crash between sends it again, under the same id. */
export async function sendDueLetters(
  { ledger, loadKeys, mail, log }: PostmanParts,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const keys = await loadKeys();
  for (let isDone = false; !isDone && !isStopped(); ) {
    isDone = await ledger.asMailer(async (transaction) => {
      const letter = await takeDueLetter(transaction, keys);
      if (!letter) return true;
      try {
        await mail.sendLetter(letter);
        await forgetLetter(transaction, letter.id);
      } catch (error) {
        // What servers answer repeats addresses: only what kind of fault it was is logged.
        log.warn(
          { letter: letter.id, attempts: letter.attempts + 1, reason: nameOf(error) },
          'A mail was not taken',
        );
        if (letter.attempts + 1 >= MOST_ATTEMPTS) await forgetLetter(transaction, letter.id);
        else await postponeLetter(transaction, { id: letter.id, seconds: delayAfter(letter.attempts) });
      }
      return false;
    });
  }
}

/** Doubles up to an hour. */
const delayAfter = (attempts: number): number =>
  Math.min(FIRST_DELAY_SECONDS * 2 ** attempts, LONGEST_DELAY_SECONDS);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
