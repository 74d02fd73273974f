import type { Plan, PlanAgent } from '#workflows/graph/planSchema.ts';

/** Rises when the same query on the same bases may bring something else. */
export const KNOWLEDGE_VERSION = 1;

/** Some bases, and how much of them is told. */
export interface Reading {
  readonly baseIds: readonly string[];
  readonly limit: number;
  readonly threshold: number;
}

/** CrewAI's: an agent is more choosy with what is its own. */
const OF_AGENT = { limit: 5, threshold: 0.6 };
const OF_CREW = { limit: 3, threshold: 0.35 };

/** What an agent reads before a task: its own bases, then those of its crew that are not among them. */
export function readingsOf({ settings }: Pick<Plan, 'settings'>, agent: PlanAgent): readonly Reading[] {
  const { knowledge: own = [], knowledgeLimit, knowledgeThreshold } = agent;
  const ofCrew = (settings?.knowledge ?? []).filter((id) => !own.includes(id));
  const said = {
    ...(knowledgeLimit !== undefined && { limit: knowledgeLimit }),
    ...(knowledgeThreshold !== undefined && { threshold: knowledgeThreshold }),
  };
  return [
    { baseIds: own, ...OF_AGENT, ...said },
    { baseIds: ofCrew, ...OF_CREW, ...said },
  ].filter(({ baseIds }) => baseIds.length > 0);
}
