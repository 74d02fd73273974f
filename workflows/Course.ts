import type { StepOutcome, ThinkWhat } from './activities.ts';
import type { Ask } from './prompts/asks.ts';
import type { LookUp, TaskControl } from './taskControl.ts';

export interface TurnTask {
  readonly maxIterations: number;
  readonly how?: TaskControl;
}

/** A step to be taken; `person`: somebody reads the answer at `of`. `answersAt`: the step whose answer is the task's if this one ends it. */
export type TurnStep =
  | {
      readonly kind: 'think';
      readonly path: string;
      readonly answersAt: string;
      readonly what: ThinkWhat;
      readonly by?: DoneBy;
    }
  | { readonly kind: 'person'; readonly path: string; readonly of: string; readonly by?: DoneBy }
  | {
      readonly kind: 'tool';
      readonly path: string;
      readonly tool: string;
      readonly askedBy: string;
      readonly index: number;
      readonly answeredAt?: string;
      /** What it gives is the task's answer, with guardrails before this one held. */
      readonly answers?: { readonly passed: number };
      /** It has been used as often as it may be. */
      readonly usedUp?: number;
      readonly by?: DoneBy;
    }
  | {
      readonly kind: 'lookUp';
      readonly path: string;
      readonly what: LookUp;
      readonly by?: DoneBy;
    }
  | {
      readonly kind: 'remember';
      readonly path: string;
      readonly answerPath: string;
      readonly by?: DoneBy;
    };

/** A coworker at work on what it was handed, in the scope of the tool call that handed it on. */
export interface DoneBy {
  readonly nodeId: string;
  readonly scope: string;
}

/** Gives steps that are taken side by side, and is given what came of each. */
export type Turns<R> = Generator<readonly TurnStep[], R, readonly StepOutcome[]>;

/** What was counted on the way: paths are made of it. */
export class Course {
  readonly task: TurnTask;
  readonly #pathOf: (step: string) => string;
  readonly #counts = new Map<string, number>();
  /** The model has no tools of its own: it is told about them in words. */
  inText = false;
  /** Guardrails before this one hold. */
  passed = 0;
  /** Steps whose findings the agent is told when it begins. */
  told: readonly string[] = [];

  readonly by: DoneBy | undefined;

  constructor(task: TurnTask, pathOf: (step: string) => string, by?: DoneBy) {
    this.task = task;
    this.#pathOf = pathOf;
    this.by = by;
  }

  /** Marks a step as the coworker's whose course this is. */
  own<S extends TurnStep>(step: S): S {
    return this.by ? { ...step, by: this.by } : step;
  }

  count(what: string): number {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return count;
  }

  forget(what: string): void {
    this.#counts.delete(what);
  }

  /** For an answer that is another, not a better try: nothing holds yet, and nothing was tried. */
  checkAnew(): void {
    this.passed = 0;
    for (const what of this.#counts.keys())
      if (what === 'repairs' || what.startsWith('guardrail ')) this.forget(what);
  }

  next(step: string): string {
    return this.#pathOf(`${step}.${this.count(step)}`);
  }

  /** A question beside the conversation. */
  ask(path: string, ask: Ask, answersAt: string = path): TurnStep {
    const passed = this.passed > 0 ? { passed: this.passed } : {};
    const what = { previousPath: null, toolPaths: [], isForced: false, ask, ...passed };
    return this.own({ kind: 'think', path, answersAt, what });
  }
}
