import type { AnswerInput, StepOutcome } from './activities.ts';

/** What people answered, by the path of the question, until the main line takes it. */
export class Answers {
  readonly #given = new Map<string, StepOutcome>();

  /** Sets state only. The same answer may come twice, or before its question is known to be asked. */
  hear({ path, outcome }: AnswerInput): void {
    this.#given.set(path, outcome);
  }

  has(path: string): boolean {
    return this.#given.has(path);
  }

  take(path: string): StepOutcome | undefined {
    const outcome = this.#given.get(path);
    this.#given.delete(path);
    return outcome;
  }
}
