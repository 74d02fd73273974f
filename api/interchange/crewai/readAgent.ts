import type { SketchedAgent } from '#workflows/graph/draw.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { titleFrom } from '../title.ts';
import { type Entry, number, parseEntry, text, warnOfOthers } from './entries.ts';
import { agentMarkerOf, MARKER } from './marker.ts';
import { modelFrom, toolsFrom } from './names.ts';

const FIELDS: ReadonlySet<string> = new Set([
  'role',
  'goal',
  'backstory',
  'llm',
  'temperature',
  'max_tokens',
  'max_iter',
  'tools',
  MARKER,
]);

export function readAgent(entry: Entry, key: string, id: string): SketchedAgent {
  const llm = modelFrom(entry);
  const marker = agentMarkerOf(entry);
  const isAsWritten = marker.model !== undefined && (marker.written?.model ?? '') === llm.model;
  const data = parseEntry(entry, AgentData, {
    name: marker.name ?? agentName(key),
    role: text(entry, 'role'),
    goal: text(entry, 'goal'),
    backstory: text(entry, 'backstory'),
    model: isAsWritten ? marker.model : llm.model,
    temperature: number(entry, 'temperature', { min: 0, max: 2 }) ?? llm.temperature,
    maxTokens: number(entry, 'max_tokens', { min: 1, max: 1_000_000, isWhole: true }) ?? llm.maxTokens,
    maxIterations: number(entry, 'max_iter', { min: 1, max: 500, isWhole: true }),
    tools: toolsFrom(entry),
  });
  warnOfOthers(entry, FIELDS);
  return { id, ...data };
}

/** CrewAI's agents have no names, only keys: `qa_agent` -> `QA`. */
export const agentName = (key: string): string => titleFrom(key).replace(/(?<=\S) agent$/i, '');
