import type { z } from 'zod';
import { layoutGraph } from './layout.ts';
import { AgentData } from './nodes/agent.ts';
import { TaskData } from './nodes/task.ts';
import type { CrewGraph, EdgeKind, GraphEdge, Position, Process } from './schema.ts';

/** A crew told as a list of who and what, without lines and places. */
export interface CrewSketch {
  readonly process?: Process;
  readonly agents: readonly SketchedAgent[];
  readonly tasks: readonly SketchedTask[];
}

export interface SketchedAgent extends z.input<typeof AgentData> {
  readonly id: string;
}

export interface SketchedTask extends z.input<typeof TaskData> {
  readonly id: string;
  /** Id of the agent who does it. */
  readonly agent?: string;
  /** Ids of the tasks whose answers it reads, in the order they are joined. */
  readonly reads?: readonly string[];
  /** Ids of the tasks it only comes after. */
  readonly after?: readonly string[];
}

const NOWHERE_YET: Position = { x: 0, y: 0 };

/** Draws a sketch: equal sketches make equal graphs, ids of lines included. */
export function drawCrew({ process = 'sequential', agents, tasks }: CrewSketch): CrewGraph {
  const agentNodes = agents.map(({ id, ...data }) => ({
    id,
    kind: 'agent' as const,
    position: NOWHERE_YET,
    data: AgentData.parse(data),
  }));
  const taskNodes = tasks.map(({ id, agent: _, reads: __, after: ___, ...data }) => ({
    id,
    kind: 'task' as const,
    position: NOWHERE_YET,
    data: TaskData.parse(data),
  }));
  return layoutGraph({ process, nodes: [...agentNodes, ...taskNodes], edges: linesOf(tasks) });
}

function linesOf(tasks: readonly SketchedTask[]): GraphEdge[] {
  const lines = tasks.flatMap(({ id, agent, reads = [], after = [] }) => {
    const to = (kind: EdgeKind) => (from: string) => ({ kind, from, to: id });
    return [
      ...(agent === undefined ? [] : [to('assigned')(agent)]),
      ...reads.map(to('context')),
      ...after.map(to('next')),
    ];
  });
  return lines.map((line, index) => ({ id: `line-${index + 1}`, ...line }));
}
