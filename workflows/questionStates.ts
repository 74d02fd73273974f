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

/** Of a simulation that is being folded. */
export interface QuestionsDraft extends NodesDraft {
  questions: Readonly<Record<string, OpenQuestion>>;
  readonly steps: Record<string, StepState>;
  waitingFor: WaitingFor | null;
}

export function askQuestion(draft: QuestionsDraft, { data, at }: EventOf<'question.asked'>): void {
  draft.questions = { ...draft.questions, [data.requestId]: { ...data, askedAt: at } };
  const step = draft.steps[data.path];
  if (step) draft.steps[data.path] = { ...step, status: 'waiting' };
  setNode(draft, data, { status: 'waiting', path: data.path });
}

/** True when it was the last that the simulation waited for. */
export function answerQuestion(draft: QuestionsDraft, { data }: EventOf<'question.answered'>): boolean {
  closeQuestionAt(draft, data.path);
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
