import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

export const loadSkillArguments = z.object({
  skill_name: z.string().describe('Name of the skill, exactly as it is listed'),
});

/** By CrewAI's name. Nobody chooses it: whoever has skills to ask for is given it. */
export const loadSkill: ToolDeclaration = {
  name: 'load_skill',
  title: 'Load skill',
  summary: 'Gives the instructions of one of the skills that the agent has.',
  description:
    'Gives you the whole instructions of one of your skills. Most tasks need none: call it only when the description ' +
    'of a skill clearly fits what is asked of you.',
  parameters: jsonSchema(loadSkillArguments),
  changesOutsideWorld: false,
  version: '1',
};

/** The tool by which skills are asked for. */
export const LOAD_SKILL = loadSkill.name;
