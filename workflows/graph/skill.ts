import { z } from 'zod';

/** CrewAI's rule for names of skills, which are names of folders there. */
const SKILL_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Instructions that an agent can have when it needs them (CrewAI's SKILL.md). Braces in its texts are text. */
export const Skill = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(64)
    .regex(SKILL_NAME, 'Small letters, digits and single hyphens, such as check-sources')
    .describe('By which the agent asks for it; small letters, digits and single hyphens'),
  description: z
    .string()
    .min(1)
    .max(1_024)
    .describe('What it is for and when it is needed: all that the agent knows of it before it asks for it'),
  instructions: z
    .string()
    .max(100_000)
    .describe('In Markdown; what the agent is told when it asks for the skill'),
  always: z
    .boolean()
    .optional()
    .describe('Its instructions are told from the start, as CrewAI does with a SKILL.md written as text'),
});
export type Skill = z.infer<typeof Skill>;

/** What one agent, or one crew, may have. */
export const MOST_SKILLS = 20;
export const Skills = z.array(Skill).max(MOST_SKILLS);

/** Each name once: as in CrewAI the first of a name counts. */
export function firstOfEachName(skills: readonly Skill[]): readonly Skill[] {
  const names = new Set<string>();
  return skills.filter(({ name }) => !names.has(name) && names.add(name));
}
