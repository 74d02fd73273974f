import type { Plan } from '#workflows/graph/planSchema.ts';
import type { ForkRule } from '../../database/ledger/reuse/ForkRule.ts';
import { stepsAfter } from './stepsAfter.ts';

export interface ReuseWish {
  /** As it is in the fork. */
  readonly plan: Plan;
  readonly lastSeq: number;
  readonly atSeq: number | undefined;
  readonly fromPath: string | undefined;
  readonly rerun: readonly string[];
  /** Whether graph, inputs or answers are not the parent's. */
  readonly isEdited: boolean;
  /** Paths of the parent's steps, in the order in which they began. */
  readonly paths: readonly string[];
  /** Plans of the crews inside that `fromPath` lies in, by scope. */
  readonly inner?: ReadonlyMap<string, Plan>;
}

/**
 * Which steps may be taken over. With an edit everything paid that is asked for again unchanged is, before and after the
 * chosen moment: the moment cuts only what people said after it. Without one there would be nothing new, so what follows
 * the moment, or the step, runs anew.
 */
export function reuseRule(
  wish: ReuseWish,
): Pick<ForkRule, 'untilSeq' | 'saidUntilSeq' | 'rerun' | 'rerunTasks'> {
  const { plan, lastSeq, atSeq, fromPath, isEdited } = wish;
  const named = [...new Set(fromPath === undefined ? wish.rerun : [fromPath, ...wish.rerun])];
  if (isEdited)
    return { untilSeq: lastSeq, ...(atSeq !== undefined && { saidUntilSeq: atSeq }), rerun: named };
  const untilSeq = Math.min(atSeq ?? lastSeq, lastSeq);
  if (fromPath === undefined) return { untilSeq, rerun: named };
  const after = stepsAfter({
    plan,
    paths: wish.paths,
    path: fromPath,
    ...(wish.inner && { inner: wish.inner }),
  });
  return { untilSeq, rerun: [...new Set([...named, ...after.paths])], rerunTasks: after.tasks };
}
