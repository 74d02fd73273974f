import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import type { AgentMarker, TaskMarker } from '../crewai/marker.ts';
import type { ExportWarning } from './ExportWarning.ts';

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
  /** Tasks that start when what they read is ready: CrewAI has no such process. */
  readonly isParallel: boolean;
  readonly warnings: readonly ExportWarning[];
}

export interface WrittenAgent {
  readonly key: string;
  readonly nodeId: string;
  readonly data: AgentData;
  /** Empty for the default model, and for one that CrewAI cannot call. */
  readonly model: string;
  readonly tools: readonly string[];
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
  readonly marker: TaskMarker;
}
