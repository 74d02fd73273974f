import type { Transaction } from 'sequelize';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import type { Agent } from '../database/models/Agent.ts';

/** Puts on record that everybody may see an agent from now on, or that nobody else may any more. */
export const auditPublished = (
  context: MemberContext,
  { id, visibility }: Agent,
  transaction: Transaction,
): Promise<void> =>
  audit(context, 'agents.publish', { object: { kind: 'agent', id }, details: { visibility }, transaction });
