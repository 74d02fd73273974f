import type { SketchedAgent } from '#workflows/graph/draw.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { titleFrom } from '../title.ts';
import { AGENT_ATTRIBUTES, namesOf, readAttributes } from './attributes.ts';
import { type Entry, number, parseEntry, text, warn, warnOfOthers } from './entries.ts';
import { agentMarkerOf, MARKER } from './marker.ts';
import { modelFrom, toolsFrom } from './names.ts';
import { PLANNING_FIELDS, planningFrom } from './planning.ts';
import { skillsFrom } from './readSkills.ts';

const FIELDS: ReadonlySet<string> = new Set([
  'role',
  'goal',
  'backstory',
  'llm',
  'temperature',
  'max_tokens',
  'max_iter',
  'tools',
  'knowledge_config',
  'skills',
  ...namesOf(AGENT_ATTRIBUTES),
  ...PLANNING_FIELDS,
  MARKER,
]);

export function readAgent(entry: Entry, key: string, id: string): SketchedAgent {
  const llm = modelFrom(entry);
  const marker = agentMarkerOf(entry);
  const isAsWritten = marker.model !== undefined && (marker.written?.model ?? '') === llm.model;
  const planning = planningFrom(entry);
  const data = parseEntry(entry, AgentData, {
    ...marker.own,
    ...llm.rest,
    ...readAttributes(entry, AGENT_ATTRIBUTES),
    ...knowledgeConfig(entry),
    ...skillsFrom(entry),
    ...(planning ? { planning } : {}),
    name: marker.name ?? agentName(key),
    role: text(entry, 'role'),
    goal: text(entry, 'goal'),
    backstory: text(entry, 'backstory'),
    model: isAsWritten ? marker.model : llm.model,
    temperature: number(entry, 'temperature', { min: 0, max: 2 }) ?? llm.temperature,
    maxTokens: number(entry, 'max_tokens', { min: 1, max: 1_000_000, isWhole: true }) ?? llm.maxTokens,
    maxIterations: number(entry, 'max_iter', { min: 1, max: 500, isWhole: true }),
    ...toolsFrom(entry, marker.own?.toolOptions),
  });
  warnOfOthers(entry, FIELDS);
  return { id, ...data };
}

function knowledgeConfig(entry: Entry): Partial<AgentData> {
  const config = entry.fields.get('knowledge_config') ?? null;
  if (config === null) return {};
  if (!(config instanceof Map)) {
    warn(entry, 'knowledge_config', 'This is no configuration, so it was left out.');
    return {};
  }
  const inner: Entry = { ...entry, key: `${entry.key}.knowledge_config`, fields: config };
  warnOfOthers(inner, new Set(['results_limit', 'score_threshold']));
  const limit = number(inner, 'results_limit', { min: 1, max: 50, isWhole: true });
  const threshold = number(inner, 'score_threshold', { min: 0, max: 1 });
  return {
    ...(limit === undefined ? {} : { knowledgeLimit: limit }),
    ...(threshold === undefined ? {} : { knowledgeThreshold: threshold }),
  };
}

/** CrewAI's agents have no names, only keys: `qa_agent` -> `QA`. */
export const agentName = (key: string): string => titleFrom(key).replace(/(?<=\S) agent$/i, '');
