import { skillState } from '#api/database/ledger/skillState.ts';
import { loadSkill as declaration, loadSkillArguments } from '#workflows/catalogue/skillTools.ts';
import { loadableSkills } from '#workflows/graph/crewSkills.ts';
import { skillInWords } from '#workflows/prompts/skills.ts';
import type { Tool } from './Tool.ts';

/** The instructions of a skill, out of the plan. A name that nobody has is answered, as in CrewAI, and no failure. */
export const loadSkill: Tool = {
  declaration,
  readState: async (_args, { skills }) => skillState(skills),
  run: async (args, { skills }) => {
    const { skill_name: name } = loadSkillArguments.parse(args);
    const available = loadableSkills(skills);
    const found = available.find((skill) => skill.name === name.trim());
    if (found) return skillInWords(found);
    const names = available.map((skill) => skill.name).join(', ');
    return `You have no skill named "${name.slice(0, 100)}". Your skills: ${names || 'none'}.`;
  },
};
