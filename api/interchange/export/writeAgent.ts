import { splitModel } from '#workflows/catalogue/models.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import { written } from '#workflows/graph/crewAgents.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { AgentNode, Process } from '#workflows/graph/schema.ts';
import { AGENT_ATTRIBUTES, MODEL_ATTRIBUTES, writeAttributes } from '../crewai/attributes.ts';
import type { AgentMarker } from '../crewai/marker.ts';
import { planningFields } from '../crewai/planning.ts';
import { agentName } from '../crewai/readAgent.ts';
import type { ExportWarning } from './ExportWarning.ts';
import { writeSkills } from './skillFiles.ts';
import type { Fields, WrittenAgent } from './WrittenCrew.ts';

/** What everything is written with. */
export interface Words {
  readonly keys: ReadonlyMap<string, string>;
  readonly process: Process;
  readonly warnings: ExportWarning[];
}

export function writeAgent({ id, data }: AgentNode, { keys, warnings }: Words): WrittenAgent {
  const key = keys.get(id) ?? id;
  const model = data.model.trim();
  // A demo, and a server that one workspace has, are nobody else’s.
  const isDemo = ['demo', 'custom'].includes(splitModel(model)?.provider ?? '');
  if (isDemo) {
    warnings.push({
      nodeId: id,
      key: `agents.${key}.llm`,
      message: `CrewAI has no “${model}”: this agent takes the default model there.`,
    });
  }
  const own = written(data, WITHOUT_WORDS);
  for (const field of Object.keys(own)) {
    // A tool is told in crew.py how it may be used; files without Python have no place for it.
    if (!field.startsWith('library') && field !== 'toolOptions')
      warnings.push(noWord(id, `agents.${key}.${field}`));
  }
  const marker: AgentMarker = {
    ...(agentName(key) === data.name ? {} : { name: data.name }),
    ...(isDemo ? { model: data.model } : {}),
    ...(Object.keys(own).length === 0 ? {} : { own }),
  };
  const { skills, files } = writeSkills(`skills/agents/${key}`, data.skills);
  return {
    key,
    nodeId: id,
    data,
    fields: [...fieldsOf(data), ...(skills.length > 0 ? [['skills', skills] as const] : [])],
    skillFiles: files,
    parameters: parametersOf(data),
    marker,
    model: isDemo ? '' : model,
    tools: knownTools(data.tools),
  };
}

/** What CrewAI has no field for, or one that means something else. */
const WITHOUT_WORDS = ['fallbackModels', 'knowledge', 'libraryId', 'libraryVersion', 'toolOptions'] as const;

export const noWord = (nodeId: string, key: string): ExportWarning => ({
  nodeId,
  key,
  message: 'CrewAI has no word for this; it is kept for importing into Troupe again.',
});

function fieldsOf(data: AgentData): Fields {
  const { knowledgeLimit, knowledgeThreshold } = data;
  const knowledge = {
    ...(knowledgeLimit === undefined ? {} : { results_limit: knowledgeLimit }),
    ...(knowledgeThreshold === undefined ? {} : { score_threshold: knowledgeThreshold }),
  };
  return [
    ...writeAttributes(data, AGENT_ATTRIBUTES),
    ...(data.planning ? [['planning_config', planningFields(data.planning)] as const] : []),
    ...(Object.keys(knowledge).length === 0 ? [] : [['knowledge_config', knowledge] as const]),
  ];
}

function parametersOf(data: AgentData): Fields {
  const { temperature, maxTokens, stop } = data;
  return [
    ...(temperature === null ? [] : [['temperature', temperature] as const]),
    ...(maxTokens === null ? [] : [['max_tokens', maxTokens] as const]),
    ...writeAttributes(data, MODEL_ATTRIBUTES),
    ...(stop === undefined ? [] : [['stop', stop] as const]),
  ];
}

/** Each once; those that do not exist are problems of the graph and told as such. */
export const knownTools = (tools: readonly string[]): string[] => [
  ...new Set(tools.filter((name) => findTool(name) !== undefined)),
];
