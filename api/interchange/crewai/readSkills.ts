import { firstOfEachName, MOST_SKILLS, type Skill } from '#workflows/graph/skill.ts';
import { isSkillFile, readSkillFile } from '#workflows/graph/skillFile.ts';
import { AppError } from '../../errors.ts';
import type { Files } from '../files.ts';
import { storable } from '../storable.ts';
import type { DeclaredCrew } from './DeclaredCrew.ts';
import { Code, codeSentence, type Entry, short, warn } from './entries.ts';
import type { Place } from './places.ts';
import { skillPlaces } from './skillPlaces.ts';
import { readYaml } from './yamlFile.ts';

/** What a crew or an agent names as its skills, with what the files say. */
class FoundSkills {
  readonly skills: readonly Skill[];
  constructor(skills: readonly Skill[]) {
    this.skills = skills;
  }
}

interface SkillFiles {
  readonly files: Files;
  readonly places: readonly Place[];
  /** Of the crew. */
  readonly folder: string;
}

/** A crew whose agents, and which itself, name skills: with what was found of them. */
export function withSkills(declared: DeclaredCrew, found: SkillFiles): DeclaredCrew {
  const reader = new SkillReader(found);
  const agents = [...declared.agents].map(([key, agent]) => [key, reader.filled(agent)] as const);
  return { ...declared, agents: new Map(agents), crew: reader.filled(declared.crew) };
}

/** Of an entry that went through `withSkills`; absent when there are none. */
export function skillsFrom({ fields }: Entry): { readonly skills?: Skill[] } {
  const found = fields.get('skills');
  return found instanceof FoundSkills && found.skills.length > 0 ? { skills: [...found.skills] } : {};
}

class SkillReader {
  readonly #found: SkillFiles;
  readonly #read = new Map<string, Skill | null>();

  constructor(found: SkillFiles) {
    this.#found = found;
  }

  filled(entry: Entry): Entry {
    const told = entry.fields.get('skills') ?? null;
    if (told === null) return entry;
    const items: readonly unknown[] = Array.isArray(told) ? told : [told];
    const skills = firstOfEachName(items.flatMap((item) => this.#skillsOf(entry, item)));
    if (skills.length > MOST_SKILLS)
      warn(entry, 'skills', `Only the first ${MOST_SKILLS} of these ${skills.length} skills were taken.`);
    const fields = new Map([...entry.fields, ['skills', new FoundSkills(skills.slice(0, MOST_SKILLS))]]);
    return { ...entry, fields };
  }

  #skillsOf(entry: Entry, item: unknown): readonly Skill[] {
    const leaveOut = (why: string) => {
      warn(entry, 'skills', why);
      return [];
    };
    if (item instanceof Code) return leaveOut(`${codeSentence(item)}, so it was left out.`);
    if (typeof item !== 'string' || item.trim() === '')
      return leaveOut('This is no skill, so it was left out.');
    if (item.startsWith('@'))
      return leaveOut(`“${short(item)}” is kept by CrewAI’s platform, and so was left out.`);
    if (isSkillFile(item)) return this.#inline(entry, item);
    const places = skillPlaces(this.#found, item);
    if (places.length === 0)
      return leaveOut(
        `There is no SKILL.md in a folder of “${short(item)}” among the files, so it was left out.`,
      );
    return places.flatMap((place) => this.#at(entry, place) ?? []);
  }

  /** What is written as text is told from the start, as in CrewAI. */
  #inline(entry: Entry, text: string): readonly Skill[] {
    const skill = read(entry, text, { file: entry.file, key: `${entry.key}.skills` });
    return skill ? [{ ...skill, always: true }] : [];
  }

  #at(entry: Entry, { path, folder }: Place): Skill | null {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const skill = read(entry, this.#found.files.get(path) ?? '', { file: path, key: 'SKILL.md' });
    this.#read.set(path, skill);
    if (!skill) return null;
    const tell = (message: string) =>
      entry.warnings.push({ file: path.slice(0, 300), key: skill.name, message });
    if (folder.split('/').at(-1) !== skill.name)
      tell('CrewAI finds a skill only in a folder of its own name; it was taken all the same.');
    if (
      this.#found.places.some((place) => place.path !== path && `${place.folder}/`.startsWith(`${folder}/`))
    )
      tell('Other files of this skill were left out: an agent is told what its SKILL.md says.');
    return skill;
  }
}

interface Where {
  readonly file: string;
  readonly key: string;
}

function read({ warnings }: Entry, text: string, { file, key }: Where): Skill | null {
  const tell = (field: string, message: string) =>
    warnings.push({ file: file.slice(0, 300), key: field.slice(0, 300), message });
  try {
    const found = readSkillFile(storable(text), (head) => readYaml(file, head));
    if ('skill' in found) {
      for (const name of found.unused)
        tell(`${key}.${name}`, `“${short(name)}” has no meaning here yet and was left out.`);
      return found.skill;
    }
    tell(key, `${found.problem} The skill was left out.`);
  } catch (error) {
    // One file that cannot be read takes no other with it, as in CrewAI.
    if (!(error instanceof AppError)) throw error;
    tell(key, `${error.message} The skill was left out.`);
  }
  return null;
}
