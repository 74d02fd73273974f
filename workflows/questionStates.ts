import type { EventOf, QuestionKind, WaitingFor } from './graph/eventSchema.ts';
import { type NodesDraft, setNode } from './nodeStates.ts';
import type { StepState } from './simulationState.ts';

/** A question that nobody has answered yet. */
export interface OpenQuestion {
  readonly requestId: string;
  readonly path: string;
  readonly nodeId: string;
  readonly scope?: string;
  readonly kind: QuestionKind;
  readonly title: string;
  /** First words. */
  readonly preview: string;
  readonly deadlineAt: string | null;
  readonly askedAt: string;
}

/** A question with what was said to it; null while nobody has answered. */
export interface AskedQuestion extends OpenQuestion {
  readonly answer: QuestionAnswered | null;
}

interface QuestionAnswered {
  /** What was decided; null when only a text was asked for. */
  readonly outcome: string | null;
  /** Name of who answered; null when the deadline did. */
  readonly by: string | null;
  /** First words of what was written. */
  readonly preview: string;
  readonly at: string;
}

/** Of a simulation that is being folded. */
export interface QuestionsDraft extends NodesDraft {
  questions: Readonly<Record<string, OpenQuestion>>;
  readonly steps: Record<string, StepState>;
  readonly asked: Record<string, AskedQuestion>;
  waitingFor: WaitingFor | null;
}

export function askQuestion(draft: QuestionsDraft, { data, at }: EventOf<'question.asked'>): void {
  const question = { ...data, askedAt: at };
  draft.questions = { ...draft.questions, [data.requestId]: question };
  draft.asked[data.requestId] = { ...question, answer: null };
  const step = draft.steps[data.path];
  if (step) draft.steps[data.path] = { ...step, status: 'waiting' };
  setNode(draft, data, { status: 'waiting', path: data.path });
}

/** True when it was the last that the simulation waited for. */
export function answerQuestion(draft: QuestionsDraft, { data, at }: EventOf<'question.answered'>): boolean {
  closeQuestionAt(draft, data.path);
  const asked = draft.asked[data.requestId];
  const { outcome, by, preview } = data;
  if (asked) draft.asked[data.requestId] = { ...asked, answer: { outcome, by, preview, at } };
  setNode(draft, data, { status: 'running' });
  return draft.waitingFor?.kind === 'person' && Object.keys(draft.questions).length === 0;
}

/** Of a step that has ended, however it did. */
export function closeQuestionAt(draft: QuestionsDraft, path: string): void {
  const open = Object.values(draft.questions);
  if (!open.some((question) => question.path === path)) return;
  const others = open.filter((question) => question.path !== path);
  draft.questions = Object.fromEntries(others.map((question) => [question.requestId, question]));
}
