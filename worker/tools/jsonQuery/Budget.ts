import { ToolProblem } from '../Tool.ts';

/** Steps of work in one query: a few tenths of a second. */
const MOST_WORK = 2_000_000;

/** How much work a query may still do. A short text can ask for more than a computer does in a year. */
export class Budget {
  #left = MOST_WORK;

  spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0)
      throw new ToolProblem('The query does too much at once: pick less, or do it in parts.');
  }
}
