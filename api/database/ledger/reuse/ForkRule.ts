import type { StoredText } from '../stored.ts';

/** What a fork may take over from its parent: everything that is asked for again unchanged, but for this. */
export interface ForkRule {
  readonly parentId: string;
  /** Only steps that had ended by this event of the parent: the moment of forking, or the one the user chose. */
  readonly untilSeq: number;
  /** What people said counts only up to this event of the parent; up to `untilSeq` when missing. */
  readonly saidUntilSeq?: number;
  /** Steps that the user wants to run anew, by path. */
  readonly rerun: readonly string[];
  /** Tasks whose every step runs anew, by node id. */
  readonly rerunTasks?: readonly string[];
  /** What a person says instead of steps of the parent. */
  readonly answers?: readonly EditedAnswer[];
  /** Nothing runs but this task and those it needs. */
  readonly only?: string;
  /** What tools that change the outside world do in the fork. */
  readonly sideEffects: SideEffects;
}

/** An answer of the parent in somebody's own words: a model's ends its task, a tool's is the result of the same call. */
export interface EditedAnswer {
  readonly path: string;
  readonly text: StoredText;
  readonly isEmpty: boolean;
}

type SideEffects = 'simulate' | 'skip' | 'send';

/** As much of the rule as a single step needs: the lists may be long, and are asked in the database. */
export type ForkBrief = Pick<ForkRule, 'parentId' | 'untilSeq' | 'sideEffects'>;
