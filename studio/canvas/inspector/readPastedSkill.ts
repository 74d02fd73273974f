import type { Skill } from '#workflows/graph/skill.ts';
import { readSkillFile } from '#workflows/graph/skillFile.ts';

/** A SKILL.md that somebody pastes, or a sentence that says why it cannot be read. YAML is loaded when it is needed. */
export async function readPastedSkill(text: string): Promise<Skill | { readonly problem: string }> {
  const { parse } = await import('yaml');
  try {
    const read = readSkillFile(text, (head) => {
      const value: unknown = parse(head, { mapAsMap: true, maxAliasCount: 0 });
      return value instanceof Map ? value : new Map();
    });
    return 'skill' in read ? read.skill : read;
  } catch {
    return { problem: 'What stands between the lines of hyphens is not valid YAML.' };
  }
}
