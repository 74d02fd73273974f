import { kindOf, originOf } from '../catalogue/credentials.ts';
import { splitModel } from '../catalogue/models.ts';
import { isServerToolName } from '../catalogue/tools.ts';
import type { CrewGraph } from './schema.ts';

/** Who is sent texts of a crew while it runs, as far as its graph says. */
export interface Recipients {
  /** Providers and servers of models. */
  readonly models: readonly string[];
  /** Hosts that tasks call back. */
  readonly callbacks: readonly string[];
  /** Tool servers, by the first part of their tools’ names. */
  readonly toolServers: readonly string[];
  /** What agents may do that sends texts where they choose. */
  readonly openTools: readonly OpenTool[];
  /** It looks things up by their meaning: what is looked for goes to the embedding model of the workspace. */
  readonly looksUp: boolean;
  /** Other crews work in it, and send where they say. */
  readonly hasInnerCrews: boolean;
}

/** Tools that lead to a place that nobody has named before. */
export const OPEN_TOOLS = ['web_search', 'read_web_page', 'http_request', 'send_mail'] as const;
export type OpenTool = (typeof OPEN_TOOLS)[number];

const MODEL_FIELDS = new Set(['model', 'fallbackModels', 'managerModel', 'planningModel']);

/**
 * Sub-processors of a crew, to be shown before it runs. Models are found wherever a graph names one; agents that name
 * none use the default.
 */
export function recipientsOf(graph: CrewGraph, defaultModel: string): Recipients {
  const named = [...graph.nodes.flatMap(({ data }) => modelsIn(data)), ...modelsIn(graph.settings ?? {})];
  const models = named.map((name) => name.trim() || defaultModel);
  const tools = new Set(graph.nodes.flatMap(({ data }) => ('tools' in data ? data.tools : [])));
  const callbacks = graph.nodes.flatMap(({ data }) => {
    const url = 'callback' in data ? data.callback?.url : undefined;
    const origin = url === undefined ? undefined : originOf(url);
    return origin === undefined ? [] : [new URL(origin).host];
  });
  return {
    models: unique(models.map(nameOf).filter((name) => name !== null)),
    callbacks: unique(callbacks),
    toolServers: unique([...tools].filter(isServerToolName).map((tool) => tool.split('_')[1] ?? tool)),
    openTools: OPEN_TOOLS.filter((tool) => tools.has(tool)),
    looksUp: [...graph.nodes.map(({ data }) => data), graph.settings ?? {}].some(
      (data) =>
        ('knowledge' in data && (data.knowledge ?? []).length > 0) ||
        ('memory' in data && data.memory === true),
    ),
    hasInnerCrews: graph.nodes.some(({ kind }) => kind === 'crew'),
  };
}

const modelsIn = (data: object): string[] =>
  Object.entries(data).flatMap(([field, value]: [string, unknown]) => {
    if (MODEL_FIELDS.has(field)) return [value].flat().filter((name) => typeof name === 'string');
    if (Array.isArray(value)) return value.flatMap((item) => (isObject(item) ? modelsIn(item) : []));
    return isObject(value) ? modelsIn(value) : [];
  });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Null for who answers on this machine: the demo model. */
function nameOf(model: string): string | null {
  const found = splitModel(model);
  if (!found) return model;
  const { provider, server } = found;
  if (provider === 'demo') return null;
  return provider === 'custom' ? (server ?? model) : kindOf(provider).title;
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
