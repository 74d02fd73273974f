import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import { Plan, type PlanAgent } from '#workflows/graph/planSchema.ts';

export interface Reader {
  readonly plan: Plan;
  readonly agent: PlanAgent;
}

export interface FindReader {
  readonly simulationId: string;
  /** A task, or the agent that work was handed to. */
  readonly nodeId: string;
}

/** Crews in crews, each looked at once. */
const MOST_PLANS = 50;

/** Who does a node, by the plan of its simulation or of a crew inside it. Null for a node of another plan. */
export async function findReader(
  transaction: LedgerTransaction,
  { simulationId, nodeId }: FindReader,
): Promise<Reader | null> {
  const [version] = await transaction.run<{ id: string }>(VERSION, [simulationId]);
  const ids = new Set(version ? [version.id] : []);
  // A set goes on with what is added while it is walked.
  for (const id of ids) {
    if (ids.size > MOST_PLANS) return null;
    const [row] = await transaction.run<{ plan: unknown }>(PLAN, [id]);
    if (!row) continue;
    const plan = Plan.parse(row.plan);
    const agent = agentIn(plan, nodeId);
    if (agent) return { plan, agent };
    for (const control of plan.controls ?? []) if (control.kind === 'crew') ids.add(control.crewVersionId);
  }
  return null;
}

function agentIn({ tasks, agents }: Plan, nodeId: string): PlanAgent | undefined {
  const agentId = tasks.find((task) => task.nodeId === nodeId)?.agentId ?? nodeId;
  return agents.find((agent) => agent.nodeId === agentId);
}

const VERSION: PreparedStatement = {
  name: 'plans.versionOf',
  text: 'select crew_version_id as id from simulations where id = $1',
};

const PLAN: PreparedStatement = {
  name: 'plans.ofVersion',
  text: 'select plan from crew_versions where id = $1',
};
