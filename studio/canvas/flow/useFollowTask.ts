import { useCallback, useEffect, useMemo, useState } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import type { CrewGraph, GraphNode } from '#workflows/graph/schema.ts';
import type { RunState } from '../../simulation/runStore.ts';
import { useRun, useRunStore } from '../../simulation/useSimulation.ts';
import { lasting } from '../../theme/motion.ts';
import { FAR_ZOOM } from '../FarContext.ts';
import { nodeSize } from '../nodeSize.ts';
import { isInside, type View } from './boxes.ts';
import type { FlowEdge, FlowNode } from './toFlow.ts';

const NEAR_ZOOM = 0.7;
const MOVE_MS = 180;

/** The task that began last, at the moment that is looked at: events name tasks in this order. */
const selectLast = ({ state }: RunState): string | undefined => Object.keys(state.nodes).at(-1);

/** Keeps in view what is done at the moment that is looked at, until a hand moves the stage. */
export function useFollowTask(graph: CrewGraph) {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const stage = useStoreApi();
  const run = useRunStore();
  const last = useRun(selectLast);
  const [isFollowing, setIsFollowing] = useState(true);
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);

  const bring = useCallback(
    (node: GraphNode | undefined, duration: number) => {
      if (!node) return;
      const { width, height } = nodeSize(node);
      const { x, y } = node.position;
      const zoom = Math.max(flow.getZoom(), NEAR_ZOOM);
      flow.setCenter(x + width / 2, y + height / 2, { zoom, duration }).catch(() => undefined);
    },
    [flow],
  );
  const bringLast = useCallback(
    (duration: number) => {
      const id = selectLast(run.getState());
      bring(nodes.get(id ?? '') ?? graph.nodes.find(({ kind }) => kind === 'task'), duration);
    },
    [run, nodes, graph, bring],
  );

  useEffect(() => {
    const node = nodes.get(last ?? '');
    const { transform, width, height } = stage.getState();
    const view: View = { x: transform[0], y: transform[1], zoom: transform[2], width, height };
    if (isFollowing && node && view.zoom >= FAR_ZOOM && !isInside(view, node)) bring(node, lasting(MOVE_MS));
  }, [isFollowing, last, nodes, stage, bring]);

  return {
    isFollowing,
    bringLast,
    /** By hand: whoever looks elsewhere is left there. */
    stop: () => setIsFollowing(false),
    toggle: () => {
      setIsFollowing(!isFollowing);
      if (!isFollowing) bringLast(lasting(MOVE_MS));
    },
  };
}
