import { LOAD_SKILL } from '../catalogue/skillTools.ts';
import type { CrewGraph } from './schema.ts';
import { firstOfEachName, type Skill } from './skill.ts';

/** Of a manager that nobody drew: no node can have this id. */
export const MANAGER_ID = '_manager';

/** A crew as it is drawn, or as it is planned. */
type LedCrew = Pick<CrewGraph, 'process' | 'settings'>;

interface OwnSkills {
  readonly nodeId: string;
  readonly skills?: readonly Skill[] | undefined;
}

/** What an agent has: its own before the crew's, each name once. As in CrewAI, a manager has its own alone. */
export function skillsOf(
  { process, settings }: LedCrew,
  { nodeId, skills = [] }: OwnSkills,
): readonly Skill[] {
  const leads = process === 'hierarchical' && (nodeId === MANAGER_ID || nodeId === settings?.managerAgent);
  return firstOfEachName([...skills, ...(leads ? [] : (settings?.skills ?? []))]);
}

/** Those that an agent asks for when it needs them. */
export const loadableSkills = (skills: readonly Skill[]): readonly Skill[] =>
  skills.filter(({ always }) => !always);

/** The tool by which it asks for them, if there are any. */
export const loadingTools = (crew: LedCrew, agent: OwnSkills): readonly string[] =>
  loadableSkills(skillsOf(crew, agent)).length > 0 ? [LOAD_SKILL] : [];
