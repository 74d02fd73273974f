/** What a fork may take over from its parent: everything that is asked for again unchanged, but for this. */
export interface ForkRule {
  readonly parentId: string;
  /** Only steps that had ended by this event of the parent: the moment of forking, or the one the user chose. */
  readonly untilSeq: number;
  /** Steps that the user wants to run anew, by path. */
  readonly rerun: readonly string[];
  /** What tools that change the outside world do in the fork. */
  readonly sideEffects: SideEffects;
}

export type SideEffects = 'simulate' | 'skip' | 'send';
