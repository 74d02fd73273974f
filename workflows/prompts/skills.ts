import { LOAD_SKILL } from '../catalogue/skillTools.ts';
import { loadableSkills } from '../graph/crewSkills.ts';
import type { Skill } from '../graph/skill.ts';

/** What a system message says of skills, in CrewAI's shape; empty without any. Texts are taken as they are. */
export function skillsInWords(skills: readonly Skill[]): string {
  const told = skills.filter(({ always }) => always);
  const listed = loadableSkills(skills);
  return [
    ...(told.length > 0 ? [`<skills>\n${told.map(skillInWords).join('\n\n')}\n</skills>`] : []),
    ...(listed.length > 0
      ? [`<available_skills>\n${LISTED}\n\n${listed.map(inList).join('\n\n')}\n</available_skills>`]
      : []),
  ].join('\n\n');
}

const LISTED =
  'You have these skills, and have not read them yet. Most tasks need none of them: then do the task without. When ' +
  `the description of one clearly fits what is asked of you, call \`${LOAD_SKILL}\` with its exact name first, and do ` +
  'as its instructions say. Do not guess what they say.';

const inList = ({ name, description }: Skill): string => `<skill name="${name}">\n${description}\n</skill>`;

/** What an agent reads of a skill that it has asked for, or has from the start. */
export const skillInWords = (skill: Skill): string => {
  const { name, description, instructions } = skill;
  return instructions.trim() === ''
    ? inList(skill)
    : `<skill name="${name}">\n${description}\n\n${instructions}\n</skill>`;
};
