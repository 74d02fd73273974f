import type { Answers } from './Answers.ts';
import type { FinishedTask, RunInput } from './activities.ts';
import type { Children } from './Children.ts';
import type { TaskFailure } from './closing.ts';
import type { Gate } from './gate.ts';
import type { ControlPlan } from './plan.ts';
import type { Slots } from './schedule.ts';
import type { StepRunner } from './stepRunner.ts';
import type { Waits } from './Waits.ts';

/** What the parts of one workflow share. */
export interface Run {
  readonly input: RunInput;
  readonly plan: ControlPlan;
  readonly steps: StepRunner;
  readonly gate: Gate;
  /** What has ended, by key; items and rounds that are whole by their scope. */
  readonly ended: Record<string, FinishedTask>;
  readonly waits: Waits;
  readonly children: Children;
  /** Of people. */
  readonly answers: Answers;
  /** Steps at once, of all maps and branches together. */
  readonly slots: Slots;
  /** Scope of the crew itself. */
  readonly scope: string;
  /** Does the inside of a map or a loop: that is a block like the crew itself. */
  readonly doBlock: (block: Block) => Promise<BlockEnd>;
}

/** Where a node is to be done, and whether anything new may start there. */
export interface NodePlace {
  readonly run: Run;
  readonly scope: string;
  /** Once it says no, nothing new starts there and what is in flight drains. */
  readonly mayStart: () => boolean;
}

export interface Block extends NodePlace {
  /** The map or loop whose inside is done; null: the crew itself. */
  readonly blockId: string | null;
}

export interface BlockEnd {
  /** Everything in it has ended. False, without failures, when it was drained. */
  readonly isDone: boolean;
  readonly failures: readonly TaskFailure[];
}
