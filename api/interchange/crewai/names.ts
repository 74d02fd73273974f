import { splitModel } from '#workflows/catalogue/models.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import { storable } from '../storable.ts';
import { MODEL_ATTRIBUTES, namesOf, readAttributes } from './attributes.ts';
import { type Entry, fileOf, names, number, short, warn } from './entries.ts';
import { toolNamed } from './toolNames.ts';
import type { YamlMap } from './yamlFile.ts';

/** Tools that exist here; each other one is a warning. */
export function toolsFrom(entry: Entry): string[] {
  return (names(entry, 'tools') ?? []).flatMap((name) => {
    // `custom:` and the module it comes from say nothing of what a tool does.
    const bare = name
      .slice(name.lastIndexOf(':') + 1)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/tools?$/, '');
    const own = findTool(name)?.name;
    const { tool = own, differs } = own === undefined ? (toolNamed(bare) ?? {}) : {};
    const place = `tools.${short(name)}`;
    if (tool === undefined)
      warn(entry, place, `The tool “${short(name)}” does not exist here yet and was left out.`);
    else if (differs !== undefined)
      warn(entry, place, `“${short(name)}” became “${findTool(tool)?.title}”: ${differs}`);
    return tool ?? [];
  });
}

export interface ModelChoice {
  readonly model: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** The other parameters, under our names. */
  readonly rest: Readonly<Record<string, unknown>>;
}

const LLM_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'provider',
  'temperature',
  'max_tokens',
  'stop',
  ...namesOf(MODEL_ATTRIBUTES),
]);

/** The model in a field: a name, or a mapping with the name in it. Empty, with a warning, when nobody has it. */
export function modelFrom(entry: Entry, field = 'llm'): ModelChoice {
  const llm = entry.fields.get(field);
  if (!(llm instanceof Map)) return { model: knownModel(entry, field, llm), rest: {} };
  const inner: Entry = {
    ...entry,
    file: fileOf(entry, field),
    sources: undefined,
    key: `${entry.key}.${field}`,
    fields: llm,
  };
  const stop = llm.has('stop') ? (names(inner, 'stop') ?? []) : [];
  for (const field of llm.keys()) {
    if (!LLM_FIELDS.has(field))
      warn(inner, field, `“${short(field)}” has no meaning here yet and was left out.`);
  }
  return {
    model: knownModel(inner, 'model', withProvider(llm)),
    temperature: number(inner, 'temperature', { min: 0, max: 2 }),
    maxTokens: number(inner, 'max_tokens', { min: 1, max: 1_000_000, isWhole: true }),
    rest: { ...readAttributes(inner, MODEL_ATTRIBUTES), ...(stop.length === 0 ? {} : { stop: [...stop] }) },
  };
}

function withProvider(llm: YamlMap): unknown {
  const [model, provider] = [llm.get('model'), llm.get('provider')];
  const isBare = typeof model === 'string' && typeof provider === 'string' && !model.includes('/');
  return isBare && provider !== '' ? `${provider}/${model}` : model;
}

function knownModel(entry: Entry, field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  const known = typeof value === 'string' ? splitModel(storable(value)) : undefined;
  if (known) return `${known.provider}/${known.model}`;
  const name = typeof value === 'string' ? `“${short(value)}”` : 'This';
  warn(entry, field, `${name} is no model of a provider known here; the default model is used.`);
  return '';
}
