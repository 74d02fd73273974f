import { z } from 'zod';
import { GraphId } from './names.ts';
import { AgentData } from './nodes/agent.ts';
import { NoteData } from './nodes/note.ts';
import { TaskData } from './nodes/task.ts';

/** Bounds that keep a graph drawable and a plan schedulable. */
export const GRAPH_LIMITS = { nodes: 5_000, edges: 20_000 } as const;

/** How far from the origin a node may stand, in canvas units. */
export const FARTHEST = 1e6;

/** Canvas units; the same at every zoom. */
export const Position = z.strictObject({
  x: z.number().min(-FARTHEST).max(FARTHEST),
  y: z.number().min(-FARTHEST).max(FARTHEST),
});
export type Position = z.infer<typeof Position>;

const node = <K extends string, D extends z.ZodType>(kind: K, data: D) =>
  z.strictObject({ id: GraphId, kind: z.literal(kind), position: Position, data });

export const AgentNode = node('agent', AgentData);
export const TaskNode = node('task', TaskData);
export const NoteNode = node('note', NoteData);
export type AgentNode = z.infer<typeof AgentNode>;
export type TaskNode = z.infer<typeof TaskNode>;
export type NoteNode = z.infer<typeof NoteNode>;

/** One entry a node kind: a new kind is added here, and the compiler shows every place that must learn it. */
export const GraphNode = z.discriminatedUnion('kind', [AgentNode, TaskNode, NoteNode]);
export type GraphNode = z.infer<typeof GraphNode>;
export type NodeKind = GraphNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<GraphNode, { kind: K }>;

/**
 * `assigned`: agent to task. `context`: a task's answer is read by another task. `next`: order without data.
 * Direction is always from what comes first to what comes after.
 */
export const GraphEdge = z.strictObject({
  id: GraphId,
  kind: z.enum(['assigned', 'context', 'next']),
  from: GraphId,
  to: GraphId,
});
export type GraphEdge = z.infer<typeof GraphEdge>;
export type EdgeKind = GraphEdge['kind'];

/**
 * A crew's drawn content. The order of `nodes` is meaningful: it decides between tasks that could come in any
 * order, and is the order of a CrewAI project's task list.
 */
export const CrewGraph = z.strictObject({
  process: z
    .enum(['sequential', 'parallel'])
    .default('sequential')
    .describe(
      'sequential: one task after another as in CrewAI; parallel: each starts when what it reads is ready',
    ),
  nodes: z.array(GraphNode).max(GRAPH_LIMITS.nodes),
  edges: z.array(GraphEdge).max(GRAPH_LIMITS.edges),
});
export type CrewGraph = z.infer<typeof CrewGraph>;
/** What callers may send: fields with defaults left out. */
export type CrewGraphInput = z.input<typeof CrewGraph>;
export type Process = CrewGraph['process'];

/** Something wrong with a graph that its user can fix. Warnings do not stop a simulation. */
export const GraphProblem = z.strictObject({
  code: z.string().describe('Stable and dotted, for example task.unassigned'),
  severity: z.enum(['error', 'warning']),
  nodeId: z.string().nullable(),
  field: z.string().nullable().describe('Name of the field in the node data, or null'),
  message: z.string().describe('A sentence for people'),
  fix: z.string().describe('What to do, as a sentence'),
});
export type GraphProblem = z.infer<typeof GraphProblem>;

export const emptyGraph: CrewGraph = { process: 'sequential', nodes: [], edges: [] };

export { unreachable } from '../unreachable.ts';
