import { ApplicationFailure } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import type { Ledger } from '#api/database/Ledger.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import { Plan } from '#workflows/graph/planSchema.ts';

interface PlanRef {
  readonly workspaceId: string;
  readonly crewVersionId: string;
}

export type LoadPlan = (ref: PlanRef) => Promise<Plan>;

/** Versions never change, so a plan is read and checked once; a few hundred stay in memory. */
export function createLoadPlan(ledger: Ledger): LoadPlan {
  const plans = new LRUCache<string, Plan>({ max: 300 });
  return async ({ workspaceId, crewVersionId }) => {
    const key = `${workspaceId}/${crewVersionId}`;
    const known = plans.get(key);
    if (known) return known;
    const [version] = await ledger.inWorkspace(workspaceId, (transaction) =>
      transaction.run<{ plan: unknown }>(PLAN, [crewVersionId]),
    );
    // Of a crew inside another one: the simulation's own cannot be deleted.
    if (!version)
      throw ApplicationFailure.nonRetryable('The crew that is to be run is not there any more.', 'crew.gone');
    const plan = Plan.parse(version.plan);
    plans.set(key, plan);
    return plan;
  };
}

const PLAN: PreparedStatement = {
  name: 'plans.select',
  text: 'select plan from crew_versions where id = $1',
};
