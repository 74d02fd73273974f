import { Skill } from './skill.ts';

/** A SKILL.md taken apart, with the keys of its head that have no meaning here; or a sentence that says why not. */
export type ReadSkillFile =
  | { readonly skill: Skill; readonly unused: readonly string[] }
  | { readonly problem: string };

/** As CrewAI: a head between lines of three hyphens, then the instructions. */
const HEAD_END = /\n---[ \t]*(?:\n|$)/;
const KNOWN: ReadonlySet<string> = new Set(['name', 'description']);

/** Whether a text is a SKILL.md itself, and not the name of a folder. */
export const isSkillFile = (text: string): boolean => /^\s*---\r?\n/.test(text);

/** Reads a SKILL.md. YAML is the caller's to read, who has a parser; it may throw. */
export function readSkillFile(
  text: string,
  readYaml: (head: string) => ReadonlyMap<string, unknown>,
): ReadSkillFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
  if (!lines.startsWith('---\n')) return { problem: 'It must begin with a line of three hyphens (---).' };
  const end = HEAD_END.exec(lines.slice(3));
  if (!end) return { problem: 'Its head has no end: another line of three hyphens (---).' };
  const head = readYaml(lines.slice(4, 3 + end.index + 1));
  const instructions = lines.slice(3 + end.index + end[0].length).trim();
  const parsed = Skill.safeParse({
    name: head.get('name'),
    description: textIn(head.get('description')),
    instructions,
  });
  if (!parsed.success) return { problem: sentenceOf(parsed.error.issues[0]) };
  const unused = [...head.keys()].map(String).filter((key) => !KNOWN.has(key));
  return { skill: parsed.data, unused };
}

const textIn = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

const sentenceOf = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined) =>
  `Its ${String(issue?.path[0] ?? 'text')} cannot be used: ${issue?.message ?? 'it is missing'}.`;
