import { splitModel } from '#workflows/catalogue/models.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import type { ToolOptions } from '#workflows/graph/nodes/agent.ts';
import { storable } from '../storable.ts';
import { MODEL_ATTRIBUTES, namesOf, readAttributes } from './attributes.ts';
import { type Entry, fileOf, flag, names, number, short, ToolUse, warn } from './entries.ts';
import { toolNamed } from './toolNames.ts';
import type { YamlMap } from './yamlFile.ts';

export interface ReadTools {
  readonly tools: string[];
  readonly toolOptions?: ToolOptions;
}

/** Tools that exist here, and how they may be used; each other one is a warning. `before`: what our own export kept. */
export function toolsFrom(entry: Entry, before?: unknown): ReadTools {
  const listed = entry.fields.get('tools');
  const uses = (Array.isArray(listed) ? listed : []).filter((item) => item instanceof ToolUse);
  const options: ToolOptions = {};
  const tools = (names(entry, 'tools') ?? []).flatMap((name) => {
    // `custom:` and the module it comes from say nothing of what a tool does.
    const bare = name
      .slice(name.lastIndexOf(':') + 1)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/tools?$/, '');
    const known = findTool(name)?.name;
    const { tool = known, differs } = known === undefined ? (toolNamed(bare) ?? {}) : {};
    const place = `tools.${short(name)}`;
    if (tool === undefined)
      warn(entry, place, `The tool “${short(name)}” does not exist here yet and was left out.`);
    else if (differs !== undefined)
      warn(entry, place, `“${short(name)}” became “${findTool(tool)?.title}”: ${differs}`);
    const use = uses.find((each) => each.name === name);
    const own = tool !== undefined && use ? optionsFrom(entry, use) : null;
    if (own && tool !== undefined) options[tool] = own;
    return tool ?? [];
  });
  const toolOptions = { ...(typeof before === 'object' && before), ...options };
  return { tools, ...(Object.keys(toolOptions).length > 0 && { toolOptions }) };
}

function optionsFrom(entry: Entry, { name, told }: ToolUse): ToolOptions[string] | null {
  const inner: Entry = {
    ...entry,
    file: fileOf(entry, 'tools'),
    sources: undefined,
    key: `${entry.key}.tools.${short(name)}`,
    fields: told,
  };
  const maxUses = number(inner, 'max_usage_count', { min: 1, max: 1_000, isWhole: true });
  const resultAsAnswer = told.has('result_as_answer') && flag(inner, 'result_as_answer');
  const own = { ...(maxUses !== undefined && { maxUses }), ...(resultAsAnswer && { resultAsAnswer }) };
  return Object.keys(own).length > 0 ? own : null;
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
