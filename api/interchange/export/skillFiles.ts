import { firstOfEachName, type Skill } from '#workflows/graph/skill.ts';
import { flow } from './yamlText.ts';

export interface WrittenSkills {
  /** Folders that CrewAI looks into, from where the project is started, and texts of skills. */
  readonly skills: readonly string[];
  /** Path -> text. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Skills as CrewAI finds them: a folder of folders, each named like the skill whose SKILL.md it holds. One that is told
 * from the start is written where it is named. CrewAI goes through a folder by the alphabet: where ours is another order,
 * there are several.
 */
export function writeSkills(folder: string, skills: readonly Skill[] = []): WrittenSkills {
  const runs = runsOf(firstOfEachName(skills));
  const folders = runs.filter(({ always }) => !always).length;
  const files: Record<string, string> = {};
  const named = runs.flatMap(({ always, skills: run }, place) => {
    if (always) return run.map(skillFile);
    const searched = folders === 1 ? folder : `${folder}/${place + 1}`;
    for (const skill of run) files[`${searched}/${skill.name}/SKILL.md`] = skillFile(skill);
    return [searched];
  });
  return { skills: named, files };
}

const skillFile = ({ name, description, instructions }: Skill): string =>
  `---\nname: ${flow(name)}\ndescription: ${flow(description)}\n---\n\n${instructions}\n`;

interface SkillRun {
  readonly always: boolean;
  readonly skills: readonly Skill[];
}

/** Told from the start, or in files and then by the alphabet. */
function runsOf(skills: readonly Skill[]): readonly SkillRun[] {
  const runs: { always: boolean; skills: Skill[] }[] = [];
  for (const skill of skills) {
    const always = skill.always ?? false;
    const last = runs.at(-1);
    const before = last?.skills.at(-1)?.name ?? '';
    if (last?.always === always && (always || before < skill.name)) last.skills.push(skill);
    else runs.push({ always, skills: [skill] });
  }
  return runs;
}
