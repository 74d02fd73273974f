import { LRUCache } from 'lru-cache';
import type { Sequelize } from 'sequelize';
import { inWorkspace } from '#api/database/connect.ts';
import { CrewVersion } from '#api/database/models/CrewVersion.ts';
import { Plan } from '#workflows/graph/planSchema.ts';

export interface PlanRef {
  readonly workspaceId: string;
  readonly crewVersionId: string;
}

export type LoadPlan = (ref: PlanRef) => Promise<Plan>;

/** Versions never change, so a plan is read and checked once; a few hundred stay in memory. */
export function createLoadPlan(database: Sequelize): LoadPlan {
  const plans = new LRUCache<string, Plan>({ max: 300 });
  return async ({ workspaceId, crewVersionId }) => {
    const key = `${workspaceId}/${crewVersionId}`;
    const known = plans.get(key);
    if (known) return known;
    const version = await inWorkspace(database, workspaceId, (transaction) =>
      CrewVersion.findOne({ where: { workspaceId, id: crewVersionId }, transaction }),
    );
    if (!version) throw new Error(`Crew version ${crewVersionId} does not exist`);
    const plan = Plan.parse(version.plan);
    plans.set(key, plan);
    return plan;
  };
}
