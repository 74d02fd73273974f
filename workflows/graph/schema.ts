import { z } from 'zod';
import { GraphId } from './names.ts';
import { AgentData } from './nodes/agent.ts';
import { ApprovalData } from './nodes/approval.ts';
import { CrewData } from './nodes/crew.ts';
import { GroupData } from './nodes/group.ts';
import { LoopData } from './nodes/loop.ts';
import { MapData } from './nodes/map.ts';
import { NoteData } from './nodes/note.ts';
import { OutcomeName } from './nodes/outcome.ts';
import { RouterData } from './nodes/router.ts';
import { TaskData } from './nodes/task.ts';
import { WaitData } from './nodes/wait.ts';
import { CrewSettings } from './settings.ts';

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
  z.strictObject({
    id: GraphId,
    kind: z.literal(kind),
    position: Position,
    parentId: GraphId.optional().describe('The map, loop or group that it stands in'),
    data,
  });

export const AgentNode = node('agent', AgentData);
export const TaskNode = node('task', TaskData);
export const NoteNode = node('note', NoteData);
export const RouterNode = node('router', RouterData);
export const MapNode = node('map', MapData);
export const LoopNode = node('loop', LoopData);
export const ApprovalNode = node('approval', ApprovalData);
export const CrewNode = node('crew', CrewData);
export const WaitNode = node('wait', WaitData);
export const GroupNode = node('group', GroupData);
export type AgentNode = z.infer<typeof AgentNode>;
export type TaskNode = z.infer<typeof TaskNode>;
export type NoteNode = z.infer<typeof NoteNode>;

/** One entry a node kind: a new kind is added here, and the compiler shows every place that must learn it. */
export const GraphNode = z.discriminatedUnion('kind', [
  AgentNode,
  TaskNode,
  RouterNode,
  MapNode,
  LoopNode,
  ApprovalNode,
  CrewNode,
  WaitNode,
  NoteNode,
  GroupNode,
]);
export type GraphNode = z.infer<typeof GraphNode>;
export type NodeKind = GraphNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<GraphNode, { kind: K }>;

/** What decides or repeats, beside the tasks that agents do. */
export const CONTROL_KINDS = ['router', 'map', 'loop', 'approval', 'crew', 'wait'] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];
export type ControlNode = NodeOf<ControlKind>;
/** What a simulation comes to and does. */
export type WorkNode = TaskNode | ControlNode;

const CONTROL = new Set<NodeKind>(CONTROL_KINDS);
export const isControl = (node: GraphNode): node is ControlNode => CONTROL.has(node.kind);
export const isWork = (node: GraphNode): node is WorkNode => node.kind === 'task' || isControl(node);

/**
 * `assigned`: agent to task. `context`: the answer of a task, map, loop, crew or approval is read. `next`: order without
 * data. `branch`: taken when a router or an approval comes out as `outcome`. Direction is always from what comes first
 * to what comes after.
 */
export const GraphEdge = z.strictObject({
  id: GraphId,
  kind: z.enum(['assigned', 'context', 'next', 'branch']),
  from: GraphId,
  to: GraphId,
  outcome: OutcomeName.optional().describe('Of a branch'),
});
export type GraphEdge = z.infer<typeof GraphEdge>;
export type EdgeKind = GraphEdge['kind'];

/**
 * A crew's drawn content. The order of `nodes` is meaningful: it decides between tasks that could come in any
 * order, and is the order of a CrewAI project's task list.
 */
export const CrewGraph = z.strictObject({
  process: z
    .enum(['sequential', 'hierarchical', 'parallel'])
    .default('sequential')
    .describe(
      'sequential: one task after another as in CrewAI; hierarchical: so too, each done by a manager who delegates; ' +
        'parallel: each starts when what it reads is ready',
    ),
  settings: CrewSettings.optional(),
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
