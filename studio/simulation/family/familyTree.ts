import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';

export type FamilyMember = inferRouterOutputs<AppRouter>['simulations']['tree']['items'][number];

export interface Branch {
  readonly member: FamilyMember;
  /** How many forks away from the first. */
  readonly depth: number;
}

/** Parents before their forks, as they come; each with its distance from the first. */
export function branchesOf(items: readonly FamilyMember[]): Branch[] {
  const depths = new Map<string, number>();
  return items.map((member) => {
    const depth = member.forkedFrom === null ? 0 : (depths.get(member.forkedFrom) ?? -1) + 1;
    depths.set(member.id, depth);
    return { member, depth };
  });
}

/** What it is in the family, where it changed nothing that has a name. */
export function whatItIs({
  purpose,
  changed,
  isCopy,
}: Pick<FamilyMember, 'purpose' | 'changed' | 'isCopy'>): string {
  if (changed !== '') return changed;
  if (isCopy) return 'copied from another workspace';
  switch (purpose) {
    case null:
      return 'the first';
    case 'variant':
      return 'asked once more';
    case 'kept':
      return 'a variant, gone on with';
    case 'moved':
      return 'moved to a newer crew';
    case 'fork':
      return 'run anew from a moment';
  }
}
