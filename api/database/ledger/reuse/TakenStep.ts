import type { StepOutcome } from '#workflows/activities.ts';
import type { StoredText } from '../stored.ts';
import type { EditedAnswer } from './ForkRule.ts';
import type { ParentStep } from './ParentSteps.ts';

interface Place {
  readonly path: string;
  readonly nodeId: string;
  /** Where the node is done; absent at the top. */
  readonly scope?: string;
  /** Name under which the answer of a task is kept, inputs filled in. */
  readonly outputFile: string | null;
}

/** A step that the fork has from its parent, as it was asked and answered there. */
interface ReusedStep extends Place {
  readonly kind: 'reused';
  readonly from: ParentStep;
  /** It ends its task with an answer given before. */
  readonly accepts?: { readonly path: string; readonly stored: StoredText };
}

/** A step that a person answers: neither a call nor anything of the parent's. */
export interface EditedStep extends Place {
  readonly kind: 'edited';
  readonly text: StoredText;
  readonly isEmpty: boolean;
  /** By which a fork of the fork finds it: see `ownHash` for models, the request's own for tools. */
  readonly requestHash: string;
  /** Whether it ends its task; a tool's result does not. */
  readonly isAnswer: boolean;
}

/** A step that the fork has before anything runs. */
export type TakenStep = ReusedStep | EditedStep;

/** A request that nobody has answered yet: here its task begins to run. */
export interface NewStep {
  readonly path: string;
  readonly nodeId: string;
}

/** What came of a step that a person answered. */
export const saidOutcome = ({ isAnswer, isEmpty }: Pick<EditedStep, 'isAnswer' | 'isEmpty'>): StepOutcome =>
  isAnswer ? { kind: 'answer', isEmpty } : { kind: 'done' };

/** What a person had said in the parent. */
export const asEdit = ({ path, response, outcome }: ParentStep): EditedAnswer => ({
  path,
  text: response.text,
  isEmpty: 'isEmpty' in outcome && outcome.isEmpty === true,
});

export const textOf = (step: TakenStep): StoredText =>
  step.kind === 'edited' ? step.text : step.from.response.text;

/** Whether its task ends with it. */
export const endsTask = (step: TakenStep): boolean =>
  step.kind === 'edited' ? step.isAnswer : isEnding(step.from.outcome);

export const isEnding = (outcome: StepOutcome): boolean =>
  outcome.kind === 'answer' || outcome.kind === 'accepted';

/** Where the answer of a task is that ends with this step. */
export const answerPath = (step: TakenStep): string =>
  (step.kind === 'reused' ? step.accepts?.path : undefined) ?? step.path;

/** The text of that answer. */
export const answerText = (step: TakenStep): StoredText =>
  (step.kind === 'reused' ? step.accepts?.stored : undefined) ?? textOf(step);
