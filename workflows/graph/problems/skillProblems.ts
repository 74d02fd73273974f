import type { GraphProblem } from '../schema.ts';
import type { Skill } from '../skill.ts';
import { error, warning } from './problem.ts';

/** Whose skills they are: an agent, or the crew as a whole. */
export interface SkillOwner {
  readonly kind: 'agent' | 'crew';
  readonly nodeId?: string;
  /** As people read it. */
  readonly name: string;
}

export function skillProblems(
  skills: readonly Skill[] = [],
  { kind, nodeId, name }: SkillOwner,
): GraphProblem[] {
  const at = { ...(nodeId !== undefined && { nodeId }), field: 'skills' };
  const names = skills.map((skill) => skill.name);
  const repeated = new Set(names.filter((each, place) => names.indexOf(each) !== place));
  const empty = skills.filter(({ instructions }) => instructions.trim() === '');
  return [
    ...[...repeated].map((skill) =>
      error(`${kind}.sameSkill`, {
        ...at,
        message: `${name} has two skills named “${skill}”`,
        fix: 'Give one of them another name: an agent asks for a skill by its name.',
      }),
    ),
    ...empty.map((skill) =>
      warning(`${kind}.emptySkill`, {
        ...at,
        message: `The skill “${skill.name}” of ${name} has no instructions`,
        fix: 'Write what is to be done, or remove the skill.',
      }),
    ),
  ];
}
