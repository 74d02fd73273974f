import { Context, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Ledger } from '#api/database/Ledger.ts';
import { type Reminder, remindOf } from '#api/database/ledger/questions/remindOf.ts';
import type { StepPlace } from '#workflows/activities.ts';
import { type Mail, MailRefused } from '../../tools/mail/Mail.ts';

export interface RemindDependencies {
  readonly ledger: Ledger;
  readonly mail: Mail;
}

const LONGEST_SUBJECT = 150;
/** A stop may last for days; whoever answers right after it waits this long at most. */
const LOOK_AGAIN = '10 seconds';

/**
 * Marks the question as reminded of, and mails whoever started the simulation, where they have an address. A mail that
 * is not taken is let go: the mark in the inbox stands. In a stopped workspace it waits, and goes out afterwards if the
 * question is still open.
 */
export async function remind({ ledger, mail }: RemindDependencies, input: StepPlace): Promise<void> {
  const { workspaceId, simulationId, path } = input;
  const wasHeld = Context.current().info.attempt > 1;
  const reminder = await ledger.inWorkspace(workspaceId, (transaction) =>
    remindOf(transaction, { workspaceId, simulationId, path, wasHeld }),
  );
  if (reminder === 'held') throw held();
  if (!reminder?.email) return;
  try {
    const message = { to: [reminder.email], ...inWords(reminder) };
    await mail.send({ workspaceId, simulationId, path: `${path}/reminder`, ...message });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    log.warn('A reminder could not be mailed', { simulationId, path });
  }
}

const held = () =>
  ApplicationFailure.create({
    type: 'workspace.stopped',
    message: 'The workspace is stopped: the reminder waits.',
    nextRetryDelay: LOOK_AGAIN,
  });

/** One line, without what could end a header. */
const inWords = ({ title, simulation, question }: Reminder) => ({
  subject: `Waiting for your answer: ${title}`.replaceAll(/\p{Cc}+/gu, ' ').slice(0, LONGEST_SUBJECT),
  text: `“${simulation}” is waiting for somebody to answer:\n\n${question}\n\nOpen the inbox in Troupe to answer.`,
});
