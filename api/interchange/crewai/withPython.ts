import type { ImportWarning } from '../../crews/schema.ts';
import type { OtherNames } from './DeclaredCrew.ts';
import { Code, codeSentence, type Entry, short, warn } from './entries.ts';
import type { CrewPy, Made } from './readCrewPy.ts';

type Entries = ReadonlyMap<string, Entry>;

interface Python {
  readonly kind: 'agents' | 'tasks';
  readonly crewPy: CrewPy;
  readonly warnings: ImportWarning[];
}

/**
 * The entries of a YAML file as the methods of a crew.py use them: in the order of the methods, with what those add.
 * As they are when no method makes any.
 */
export function withPython(
  yaml: Entries,
  python: Python | undefined,
): { entries: Entries; names: OtherNames } {
  const parts = python?.crewPy[python.kind] ?? [];
  if (!python || parts.length === 0) return { entries: yaml, names: new Map() };
  const entries = new Map<string, Entry>();
  const names = new Map<string, string>();
  for (const part of parts) {
    const key = keyOf(part, entries, yaml);
    names.set(part.method, key);
    entries.set(key, entryOf(part, key, { ...python, config: yaml.get(part.config ?? '') }));
  }
  warnOfUnused(yaml, parts, python.warnings);
  return { entries, names };
}

/** The YAML’s key, by which warnings are found in the file; the method’s name when there is none left. */
function keyOf({ method, config }: Made, taken: Entries, yaml: Entries): string {
  if (config !== undefined && yaml.has(config) && !taken.has(config)) return config;
  let key = method;
  for (let number = 2; taken.has(key) || (yaml.has(key) && key !== config); number += 1)
    key = `${method}_${number}`;
  return key;
}

function entryOf(part: Made, key: string, python: Python & { readonly config: Entry | undefined }): Entry {
  const { kind, crewPy, warnings, config } = python;
  const own: Entry = { file: crewPy.file, key: `${kind}.${key}`.slice(0, 300), fields: new Map(), warnings };
  if (part.config !== undefined && !config)
    warn(own, 'config', `There is no “${short(part.config)}” in the YAML.`);
  const fields = new Map(config?.fields);
  const sources = new Map<string, string>();
  for (const [field, value] of part.fields) {
    const isWritten = (fields.get(field) ?? null) !== null;
    if (value === null && isWritten) continue;
    if (value instanceof Code && isWritten) {
      warn(own, field, `${codeSentence(value)}, so what the YAML says was taken.`);
      continue;
    }
    fields.set(field, value);
    sources.set(field, crewPy.file);
  }
  return { ...(config ?? own), fields, sources };
}

function warnOfUnused(yaml: Entries, parts: readonly Made[], warnings: ImportWarning[]): void {
  const used = new Set(parts.map(({ config }) => config));
  for (const [key, { file, key: path }] of yaml) {
    if (used.has(key)) continue;
    warnings.push({
      file,
      key: path,
      message: `No method of the crew makes “${short(key)}”, so it was left out.`,
    });
  }
}
