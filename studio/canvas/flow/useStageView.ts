import { useMemo } from 'react';
import { useReactFlow } from 'reactflow';
import type { Position } from '#workflows/graph/schema.ts';
import { lasting } from '../../theme/motion.ts';
import { useCanvasStore } from '../CanvasContext.ts';
import type { Point } from '../gestures/underPointer.ts';
import { nodeSize } from '../nodeSize.ts';
import { FIT } from './stageSettings.ts';
import type { FlowEdge, FlowNode } from './toFlow.ts';

/** What can be done with the view of the stage. */
export interface StageView {
  /** Of what is in view, on the stage. */
  readonly centre: () => Position;
  readonly toStage: (point: Point) => Position;
  /** Brings a node into the middle. */
  readonly show: (nodeId: string) => void;
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly zoomToFull: () => void;
}

const SMOOTH = { duration: lasting(180) };

export function useStageView(): StageView {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const store = useCanvasStore();
  return useMemo((): StageView => {
    const ignore = () => undefined;
    return {
      centre: () => {
        const box = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect();
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      },
      toStage: (point) => flow.screenToFlowPosition(point),
      show: (nodeId) => {
        const node = store.getState().graph.nodes.find(({ id }) => id === nodeId);
        if (!node) return;
        const { width, height } = nodeSize(node);
        const zoom = Math.max(flow.getZoom(), 0.7);
        flow
          .setCenter(node.position.x + width / 2, node.position.y + height / 2, { ...SMOOTH, zoom })
          .catch(ignore);
      },
      fit: () => {
        flow.fitView({ ...SMOOTH, ...FIT }).catch(ignore);
      },
      zoomIn: () => {
        flow.zoomIn(SMOOTH).catch(ignore);
      },
      zoomOut: () => {
        flow.zoomOut(SMOOTH).catch(ignore);
      },
      zoomToFull: () => {
        flow.zoomTo(1, SMOOTH).catch(ignore);
      },
    };
  }, [flow, store]);
}
