import type { CrewGraph, TaskNode } from '#workflows/graph/schema.ts';
import type { NodeState, SimulationState, StepState } from '#workflows/simulationState.ts';
import { type CastMember, doersOf } from '../../canvas/cast.ts';

/** What one task said, and which tools it used on the way. */
export interface Line {
  readonly task: TaskNode;
  readonly member: CastMember | null;
  readonly node: NodeState | undefined;
  /** The step at work, or whose answer is the task's. */
  readonly step: StepState | undefined;
  readonly tools: readonly StepState[];
}

/** Lines in the order in which they began; what has not begun comes last, in the order it was drawn. */
export function transcriptOf(graph: CrewGraph, state: SimulationState): Line[] {
  const doers = doersOf(graph);
  const tools = Map.groupBy(
    Object.values(state.steps).filter(({ kind }) => kind === 'tool'),
    ({ nodeId }) => nodeId,
  );
  const lines = graph.nodes
    .filter((node) => node.kind === 'task')
    .map((task): Line => {
      const node = state.nodes[task.id];
      return {
        task,
        member: doers.get(task.id) ?? null,
        node,
        step: state.steps[node?.path ?? ''],
        tools: tools.get(task.id) ?? [],
      };
    });
  return lines.sort((a, b) => began(a) - began(b));
}

/** Far behind all that has begun. */
const NEVER = Number.MAX_SAFE_INTEGER;

const began = ({ node }: Line) => (node?.startedAt ? Date.parse(node.startedAt) : NEVER);
