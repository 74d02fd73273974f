import type { QuestionKind } from '#workflows/graph/eventSchema.ts';
import type { StoredRequest, StoredText } from '../stored.ts';

/** What somebody reads before they answer. */
export interface QuestionPart {
  readonly title: string;
  readonly text: StoredText;
}

export interface QuestionOutcome {
  readonly name: string;
  readonly description?: string;
}

/** The answer of a task that a person reads: it is the task's once they are content. */
export interface QuestionAbout {
  readonly path: string;
  readonly isEmpty: boolean;
  /** A file that it is then kept as; its content is there already. */
  readonly file: { readonly name: string; readonly ref: string; readonly size: number } | null;
}

/** What is asked, with its texts by reference. */
export interface NewQuestion {
  readonly kind: QuestionKind;
  readonly title: string;
  readonly prompt: StoredText;
  /** First words of the prompt. */
  readonly preview: string;
  readonly context: readonly QuestionPart[];
  readonly outcomes: readonly QuestionOutcome[];
  readonly asksForText: boolean;
  readonly about: QuestionAbout | null;
  readonly deadlineMinutes: number | null;
  readonly reminderMinutes: number | null;
  readonly tool: string | null;
  readonly request: StoredRequest;
  readonly requestHash: string;
}
