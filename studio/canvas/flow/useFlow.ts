import { useCallback, useRef, useState } from 'react';
import {
  applyNodeChanges,
  type NodeChange,
  type OnEdgesChange,
  type OnNodeDrag,
  type OnNodesChange,
} from 'reactflow';
import { moveNodes } from '#workflows/graph/edit.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { selectGraph, selectSelection, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import type { Selection } from '../store/selection.ts';
import { keyMoves, positionsOf, selectionAfter } from './fromFlow.ts';
import { settleInside, withInside } from './regions.ts';
import { type FlowEdge, type FlowNode, toFlowEdges, toFlowNodes } from './toFlow.ts';

interface Drawn {
  readonly graph: CrewGraph;
  readonly selection: Selection;
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
}

const draw = (graph: CrewGraph, selection: Selection, earlier?: Drawn): Drawn => ({
  graph,
  selection,
  nodes: toFlowNodes(graph, selection, earlier?.nodes),
  edges: toFlowEdges(graph, selection, earlier?.edges),
});

/** What stands in a map, loop or group follows while that is dragged. */
function along(graph: CrewGraph, changes: readonly NodeChange<FlowNode>[]): NodeChange<FlowNode>[] {
  const moved = new Map(
    changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
    ),
  );
  if (moved.size === 0) return [];
  return [...withInside(graph, moved)].flatMap(([id, position]) =>
    moved.has(id) ? [] : [{ id, type: 'position' as const, position }],
  );
}

/**
 * React Flow between the graph and the hand: what it draws comes from the store, what it measures and drags stays
 * here, and what a gesture ends with goes back as one edit.
 */
export function useFlow() {
  const store = useCanvasStore();
  const graph = useCanvas(selectGraph);
  const selection = useCanvas(selectSelection);
  const isDragging = useRef(false);
  const [drawn, setDrawn] = useState(() => draw(graph, selection));
  const isStale = drawn.graph !== graph || drawn.selection !== selection;
  const current = isStale ? draw(graph, selection, drawn) : drawn;
  if (isStale) setDrawn(current);

  const onNodesChange: OnNodesChange<FlowNode> = useCallback(
    (changes) => {
      const { selection: chosen, select, edit } = store.getState();
      const next = selectionAfter(chosen, changes, 'nodes');
      if (next !== chosen) select(next);
      const moves = isDragging.current ? new Map() : keyMoves(changes);
      if (moves.size > 0)
        edit((before) => moveNodes(before, withInside(before, moves)), { burst: 'arrow keys' });
      const own = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
      if (own.length > 0)
        setDrawn((now) => ({
          ...now,
          nodes: applyNodeChanges([...own, ...along(now.graph, own)], now.nodes),
        }));
    },
    [store],
  );

  const onEdgesChange: OnEdgesChange<FlowEdge> = useCallback(
    (changes) => {
      const { selection: chosen, select } = store.getState();
      const next = selectionAfter(chosen, changes, 'edges');
      if (next !== chosen) select(next);
    },
    [store],
  );

  const onNodeDragStart = useCallback(() => {
    isDragging.current = true;
    store.getState().endBurst();
  }, [store]);

  const endDrag = useCallback(
    (nodes: readonly FlowNode[]) => {
      isDragging.current = false;
      store.getState().edit((before) => {
        const positions = positionsOf(nodes);
        const after = moveNodes(before, withInside(before, positions));
        return settleInside(after, positions.keys(), before);
      });
    },
    [store],
  );
  const onNodeDragStop: OnNodeDrag<FlowNode> = useCallback((_, __, nodes) => endDrag(nodes), [endDrag]);
  const onSelectionDragStop = useCallback((_: unknown, nodes: FlowNode[]) => endDrag(nodes), [endDrag]);

  return {
    ...current,
    onNodesChange,
    onEdgesChange,
    onNodeDragStart,
    onNodeDragStop,
    onSelectionDragStart: onNodeDragStart,
    onSelectionDragStop,
  };
}
