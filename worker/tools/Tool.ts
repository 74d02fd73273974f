import type { ToolDeclaration } from '#workflows/catalogue/tools.ts';

export interface ToolContext {
  /** The simulation's clock, the same in its forks, so that results can be reused. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface Tool {
  readonly declaration: ToolDeclaration;
  /**
   * Takes what the model sent, still to be checked. Resolves with the text that the model reads. Throws a ToolProblem,
   * or a ZodError for arguments of the wrong shape, when the model can do better next time; anything else is our fault.
   */
  run(args: unknown, context: ToolContext): Promise<string>;
}

/** Something the model can put right. Its message is a sentence for the model. */
export class ToolProblem extends Error {}
