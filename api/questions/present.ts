import type { StoredText } from '../database/ledger/stored.ts';
import type { Question } from '../database/models/Question.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { isOpen } from '../simulations/policy.ts';
import type { QuestionSummary, QuestionView } from './schema.ts';

const PREVIEW_LENGTH = 200;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export interface PresentQuestion {
  readonly row: Question;
  readonly simulation: Pick<Simulation, 'title' | 'status'>;
  readonly textOf: (text: StoredText) => string;
}

/** The only road from a question’s row to a client. */
export function presentQuestion({ row, simulation, textOf }: PresentQuestion): QuestionSummary {
  return {
    id: row.id,
    simulationId: row.simulationId,
    simulationTitle: simulation.title,
    nodeId: row.nodeId,
    path: row.path,
    kind: row.kind,
    title: row.title,
    preview: textOf(row.prompt).slice(0, PREVIEW_LENGTH).trim(),
    status: statusOf(row, simulation),
    deadlineAt: iso(row.deadlineAt),
    remindedAt: iso(row.remindedAt),
    askedAt: row.createdAt.toISOString(),
    answeredAt: iso(row.answeredAt),
    answeredBy: row.answeredByName,
    outcome: row.outcome,
  };
}

export function presentWholeQuestion(question: PresentQuestion): QuestionView {
  const { row, textOf } = question;
  return {
    ...presentQuestion(question),
    prompt: textOf(row.prompt),
    context: row.context.map(({ title, text }) => ({ title, text: textOf(text) })),
    outcomes: row.outcomes.map(({ name, description }) => ({ name, ...(description && { description }) })),
    asksForText: row.asksForText,
    text: row.text && textOf(row.text),
  };
}

/** Nobody need answer what a simulation that has ended asked. */
function statusOf(row: Question, simulation: Pick<Simulation, 'status'>): QuestionSummary['status'] {
  if (row.answeredAt) return 'answered';
  if (row.expiredAt) return 'expired';
  return isOpen(simulation) ? 'open' : 'closed';
}
