/** A step may not be done before some time has passed: it is tried again then, and nothing is used up by waiting. */
export class NotYet extends Error {
  readonly waitMs: number;
  /** Whom it waits for, in the middle of a sentence: `Waiting for OpenAI until 14:03`. */
  readonly who: string;

  constructor({ waitMs, who }: { waitMs: number; who: string }) {
    super(`Waiting for ${who}`);
    this.name = 'NotYet';
    this.waitMs = waitMs;
    this.who = who;
  }
}
