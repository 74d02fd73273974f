import type { Transaction } from 'sequelize';
import { Plan } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE, readInnerScope } from '#workflows/names.ts';
import { CrewVersion } from '../../database/models/CrewVersion.ts';

/** The plan of a version of a crew; null when there is none. */
export type LoadPlan = (crewVersionId: string) => Promise<Plan | null>;

/** Plans of crews within the crew, each read once. */
export function createLoadPlan(workspaceId: string, transaction: Transaction): LoadPlan {
  const known = new Map<string, Promise<Plan | null>>();
  const load = async (id: string) => {
    const version = await CrewVersion.findOne({ where: { workspaceId, id }, transaction });
    return version && Plan.parse(version.plan);
  };
  return (id) => {
    const plan = known.get(id) ?? load(id);
    known.set(id, plan);
    return plan;
  };
}

/** Plans of the crews inside in which a step lies, by the scope in which each is done. */
export async function innerPlans(
  whole: Plan,
  path: string,
  load: LoadPlan,
): Promise<ReadonlyMap<string, Plan>> {
  const plans = new Map([[ROOT_SCOPE, whole]]);
  let around: string = ROOT_SCOPE;
  for (const scope of crewScopesIn(path)) {
    const nodeId = readInnerScope(scope)?.nodeId;
    const node = plans.get(around)?.controls?.find((each) => each.nodeId === nodeId);
    const plan = node?.kind === 'crew' ? await load(node.crewVersionId) : null;
    if (!plan) break;
    plans.set(scope, plan);
    around = scope;
  }
  plans.delete(ROOT_SCOPE);
  return plans;
}

const CREW = /\/0\/crew(?=\/)/g;

/** From the outermost inwards. */
const crewScopesIn = (path: string): readonly string[] =>
  [...path.matchAll(CREW)].map(({ 0: found, index }) => path.slice(0, index + found.length));
