import { splitModel } from '#workflows/catalogue/models.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import type { AgentNode, Process } from '#workflows/graph/schema.ts';
import type { AgentMarker } from '../crewai/marker.ts';
import { agentName } from '../crewai/readAgent.ts';
import type { ExportWarning } from './ExportWarning.ts';
import type { WrittenAgent } from './WrittenCrew.ts';

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
  const marker: AgentMarker = {
    ...(agentName(key) === data.name ? {} : { name: data.name }),
    ...(isDemo ? { model: data.model } : {}),
  };
  return { key, nodeId: id, data, marker, model: isDemo ? '' : model, tools: knownTools(data.tools) };
}

/** Each once; those that do not exist are problems of the graph and told as such. */
export const knownTools = (tools: readonly string[]): string[] => [
  ...new Set(tools.filter((name) => findTool(name) !== undefined)),
];
