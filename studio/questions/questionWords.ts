import type { QuestionKind } from '#workflows/graph/eventSchema.ts';
import { formatDay, formatMoment, formatTime, plural } from '../ui/formats.ts';

export const KIND_WORDS: Readonly<Record<QuestionKind, string>> = {
  approval: 'Decision',
  feedback: 'Answer to read',
  question: 'Question by an agent',
};

const HOUR = 3_600_000;

/** `Answer within 12 minutes`, `Answer by 14:03 today`, `Answer by Thu 26 Nov, 18:27`: empty when there is no hurry. */
export function deadlineWords(deadlineAt: string | null, now: number): string {
  if (deadlineAt === null) return '';
  const left = Date.parse(deadlineAt) - now;
  if (left <= 0) return 'The time to answer is over';
  if (left < HOUR) return `Answer within ${plural(Math.ceil(left / 60_000), 'minute')}`;
  const isToday = new Date(deadlineAt).toDateString() === new Date(now).toDateString();
  return isToday ? `Answer by ${formatTime(deadlineAt)} today` : `Answer by ${formatDay(deadlineAt)}`;
}

interface Answered {
  readonly kind: QuestionKind;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly outcome: string | null;
  readonly text?: string | null;
}

/** `Maya answered “Reject” on 24 Nov 2026, 14:03:12.` */
export function answeredWords({ kind, answeredBy, answeredAt, outcome, text }: Answered): string {
  const when = answeredAt ? ` on ${formatMoment(answeredAt)}` : '';
  if (answeredBy === null) return `Nobody answered in time, so it was decided as “${outcome ?? ''}”${when}.`;
  if (outcome !== null) return `Already answered by ${answeredBy} as “${outcome}”${when}.`;
  if (kind === 'feedback' && !text) return `${answeredBy} accepted the answer${when}.`;
  return `Already answered by ${answeredBy}${when}.`;
}
