import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import type { AgentMarker, TaskMarker } from '../crewai/marker.ts';
import type { ExportWarning } from './ExportWarning.ts';
import type { WrittenModel } from './pydanticModel.ts';

/** A crew in the words that CrewAI has, before it is put into files of one of its formats. */
export interface WrittenCrew {
  readonly name: string;
  readonly description: string;
  readonly agents: readonly WrittenAgent[];
  /** In the order in which they are done. */
  readonly tasks: readonly WrittenTask[];
  /** Names of the placeholders. */
  readonly inputs: readonly string[];
  /** What CrewAI takes for placeholders and is text here. */
  readonly literals: readonly string[];
  /** Names of tools, in the order of the catalogue. */
  readonly tools: readonly string[];
  /** What is said of the crew as a whole, in CrewAI’s words; agents are named by their keys. */
  readonly process: 'sequential' | 'hierarchical';
  readonly settings: Fields;
  /** Key of the agent who leads it: CrewAI wants it outside of the list of agents. */
  readonly manager: string | undefined;
  /** Tasks that start when what they read is ready: CrewAI has no such process. */
  readonly isParallel: boolean;
  readonly warnings: readonly ExportWarning[];
  /** SKILL.md files, by their paths in the project. */
  readonly skillFiles: Readonly<Record<string, string>>;
}

/** Names of CrewAI’s, and values that JSON can hold. */
export type Fields = readonly (readonly [string, unknown])[];

export interface WrittenAgent {
  readonly key: string;
  readonly nodeId: string;
  readonly data: AgentData;
  /** Empty for the default model, and for one that CrewAI cannot call. */
  readonly model: string;
  readonly tools: readonly string[];
  /** What CrewAI has a field for beyond the texts, by its names; and what it gives to its language model. */
  readonly fields: Fields;
  readonly parameters: Fields;
  readonly skillFiles: Readonly<Record<string, string>>;
  /** Empty when CrewAI’s words say everything. */
  readonly marker: AgentMarker;
}

export interface WrittenTask {
  readonly key: string;
  readonly data: TaskData;
  /** Key of its agent. */
  readonly agent: string | undefined;
  readonly tools: readonly string[];
  readonly async: boolean;
  /** Keys of the tasks it reads; undefined for all before it. */
  readonly context: readonly string[] | undefined;
  readonly fields: Fields;
  /** The class that its answer must be of. */
  readonly model?: WrittenModel;
  readonly marker: TaskMarker;
}
