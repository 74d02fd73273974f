import { connect } from '#workflows/graph/connect.ts';
import { addAgent, addControl, addGroup, addNote, addTask } from '#workflows/graph/edit.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { labelOf } from '#workflows/graph/problems/problem.ts';
import type { CrewGraph, GraphNode, NodeKind, Position } from '#workflows/graph/schema.ts';
import { announce } from '../../ui/announcer.ts';
import { settleInside } from '../flow/regions.ts';
import { nodeSize } from '../nodeSize.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { freeSpot } from './freeSpot.ts';
import { newId } from './newId.ts';
import { refuse } from './refuse.ts';

type Add = (graph: CrewGraph, node: { readonly id: string; readonly position: Position }) => CrewGraph;

const ADD: Readonly<Record<NodeKind, Add>> = {
  agent: addAgent,
  task: addTask,
  router: addControl('router'),
  map: addControl('map'),
  loop: addControl('loop'),
  approval: addControl('approval'),
  crew: addControl('crew'),
  wait: addControl('wait'),
  note: addNote,
  group: addGroup,
};

export interface Where {
  /** Where the middle of the new node is to be. */
  readonly centre: Position;
  /** A node that the new one is connected with, and which of them comes first. */
  readonly connect?: { readonly nodeId: string; readonly asSource: boolean } | undefined;
  /** What a new agent is; one that is still to be written unless said. */
  readonly agent?: AgentData | undefined;
}

/** Adds a node and chooses it; with a line, if wanted, in the same edit. Returns its id. */
export function addNode(store: CanvasStore, kind: NodeKind, where: Where): string | undefined {
  const { graph, edit } = store.getState();
  const id = newId();
  const place = { id, position: where.centre };
  const grown = where.agent ? addAgent(graph, { ...place, data: where.agent }) : ADD[kind](graph, place);
  const added = placed(grown, id, graph);
  const result = where.connect ? connected(added, id, where.connect) : { graph: added };
  if ('refused' in result) {
    refuse(result.refused);
    return undefined;
  }
  const placedIn = settleInside(result.graph, [id], graph);
  edit(() => placedIn, { select: [id] });
  const node = nodeOf(result.graph, id);
  announce(node ? `Added ${labelOf(node)}` : 'Added');
  return id;
}

function connected(graph: CrewGraph, id: string, { nodeId, asSource }: NonNullable<Where['connect']>) {
  const [from, to] = asSource ? [nodeId, id] : [id, nodeId];
  return connect(graph, { from, to }, newId);
}

/** Its size is known only once its name is. */
function placed(graph: CrewGraph, id: string, earlier: CrewGraph): CrewGraph {
  const nodes = graph.nodes.map((node) =>
    node.id === id ? { ...node, position: freeSpot(earlier, cornerOf(node)) } : node,
  );
  return { ...graph, nodes };
}

/** The corner of a node whose middle is where it says. */
function cornerOf(node: GraphNode): Position {
  const { width, height } = nodeSize(node);
  return { x: Math.round(node.position.x - width / 2), y: Math.round(node.position.y - height / 2) };
}

const nodeOf = (graph: CrewGraph, id: string) => graph.nodes.find((node) => node.id === id);
