import type { Caller, Context } from '../context.ts';
import { tooMany } from './createRates.ts';
import { type Per, RULES, type Rule, TAKEN_BY_PROCEDURE } from './rules.ts';

type Counted = Pick<Context, 'caller' | 'ip' | 'limits' | 'tellRate'>;

/** Takes what a call of this procedure takes, or refuses it. Who is nobody has been counted as a request already. */
export function countCall(context: Counted, procedure: string): Promise<void> {
  return takeAll(context, ['callsByAccount', ...(TAKEN_BY_PROCEDURE[procedure] ?? [])]);
}

export async function takeAll(
  { caller, ip, limits, tellRate }: Counted,
  rules: readonly Rule[],
): Promise<void> {
  if (!caller) return;
  for (const rule of [...rules, ...ofGuests(caller, rules)]) {
    const taken = await limits.count(rule, keyFor(RULES[rule].per, caller, ip));
    tellRate(taken);
    if (taken.isOver) throw tooMany(taken);
  }
}

function keyFor(per: Per, { user, workspace }: Caller, ip: string): string {
  if (per === 'address') return ip;
  return per === 'account' ? user.id : workspace.id;
}

/** Accounts of guests cost nothing, so what all of them do from one address counts together. */
function ofGuests({ user }: Caller, rules: readonly Rule[]): Rule[] {
  if (!user.isGuest) return [];
  return rules.includes('startsByAddress')
    ? ['guestCallsByAddress', 'guestStartsByAddress']
    : ['guestCallsByAddress'];
}
