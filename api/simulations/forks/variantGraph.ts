import { isDeepStrictEqual } from 'node:util';
import { updateNode } from '#workflows/graph/edit.ts';
import type { AgentNode, CrewGraph } from '#workflows/graph/schema.ts';
import type { ForkChange } from '../../database/ForkOrigin.ts';
import type { VariantChange } from './schema.ts';

export interface DrawVariant {
  readonly graph: CrewGraph;
  readonly taskId: string;
  readonly change: VariantChange;
  readonly number: number;
}

export interface DrawnVariant {
  readonly graph: CrewGraph;
  readonly changes: ForkChange[];
}

/**
 * The crew with one task told otherwise and nothing else: an agent who does other tasks too gets a double for this
 * one, so that what the others have done stays as it was asked.
 */
export function drawVariant({ graph, taskId, change, number }: DrawVariant): DrawnVariant {
  const { task: taskPatch = {}, agent: agentPatch = {}, ...short } = change;
  const patch = { ...agentPatch, ...short };
  const task = graph.nodes.find((node) => node.id === taskId);
  const line = graph.edges.find((edge) => edge.kind === 'assigned' && edge.to === taskId);
  const agent = graph.nodes.find((node) => node.id === line?.from);
  if (task?.kind !== 'task' || agent?.kind !== 'agent') throw new Error(`Task ${taskId} has no agent`);

  const told = updateNode(graph, { id: taskId, kind: 'task', data: taskPatch });
  const changes = [...changed(agent, patch), ...changed(task, taskPatch)];
  if (changed(agent, patch).length === 0) return { graph: told, changes };
  const isShared = graph.edges.some(
    ({ kind, from, to }) => kind === 'assigned' && from === agent.id && to !== taskId,
  );
  if (!isShared) return { graph: updateNode(told, { id: agent.id, kind: 'agent', data: patch }), changes };
  const double = doubleOf(graph, agent, number);
  return {
    graph: {
      ...told,
      nodes: told.nodes.flatMap((node) =>
        node.id === agent.id ? [node, { ...double, data: { ...double.data, ...patch } }] : [node],
      ),
      edges: told.edges.map((edge) => (edge.id === line?.id ? { ...edge, from: double.id } : edge)),
    },
    changes,
  };
}

type Drawn = CrewGraph['nodes'][number];

function changed(
  node: Exclude<Drawn, { kind: 'note' }>,
  patch: Readonly<Record<string, unknown>>,
): ForkChange[] {
  const old = new Map(Object.entries<unknown>(node.data));
  return Object.entries<unknown>(patch)
    .filter(([field, value]) => value !== undefined && !isDeepStrictEqual(value, old.get(field)))
    .map(([field]) => ({
      kind: 'field',
      nodeId: node.id,
      name: node.data.name,
      node: node.kind,
      field,
    }));
}

const BESIDE = 44;

function doubleOf({ nodes }: CrewGraph, agent: AgentNode, number: number): AgentNode {
  const taken = new Set(nodes.map(({ id }) => id));
  const stem = `${agent.id.slice(0, 48)}-variant-${number}`;
  let id = stem;
  for (let again = 2; taken.has(id); again += 1) id = `${stem}-${again}`;
  const { x, y } = agent.position;
  return {
    ...agent,
    id,
    position: { x: x + BESIDE, y: y - BESIDE },
    data: { ...agent.data, name: `${agent.data.name.slice(0, 100)} (variant ${number})` },
  };
}
