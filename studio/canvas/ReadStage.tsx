import 'reactflow/dist/style.css';
import './flow/flow.css';
import { useMemo, useState } from 'react';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from 'reactflow';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { CanvasContext } from './CanvasContext.ts';
import { CanvasModeContext } from './CanvasMode.ts';
import { ZoomDock } from './dock/ZoomDock.tsx';
import { edgeTypes } from './edges/edgeTypes.ts';
import { FarStage } from './flow/FarStage.tsx';
import { ariaLabels, CULL_FROM, FIT, LEAST_ZOOM, MOST_ZOOM } from './flow/stageSettings.ts';
import { type FlowEdge, type FlowNode, toFlowEdges, toFlowNodes } from './flow/toFlow.ts';
import { nodeTypes } from './nodes/nodeTypes.ts';
import styles from './ReadStage.module.css';
import { createCanvasStore } from './store/canvasStore.ts';
import { nothing } from './store/selection.ts';

interface ReadStageProps {
  readonly graph: CrewGraph;
  readonly onOpen: (nodeId: string) => void;
}

/** A crew as it was: to look at, with what each task did in it. */
export function ReadStage({ graph, onOpen }: ReadStageProps) {
  const [store] = useState(() => createCanvasStore(graph));
  const nodes = useMemo(() => toFlowNodes(graph, nothing), [graph]);
  const edges = useMemo(() => toFlowEdges(graph, nothing), [graph]);
  return (
    <CanvasModeContext value="read">
      <CanvasContext value={store}>
        <ReactFlowProvider>
          <div className={styles.stage}>
            <FarStage>
              <ReactFlow<FlowNode, FlowEdge>
                aria-label="The crew as it was"
                defaultNodes={nodes}
                defaultEdges={edges}
                nodeTypes={nodeTypes}
                edgeTypes={edgeTypes}
                ariaLabelConfig={ariaLabels}
                onlyRenderVisibleElements={nodes.length >= CULL_FROM}
                nodesDraggable={false}
                nodesConnectable={false}
                edgesFocusable={false}
                deleteKeyCode={null}
                panOnScroll
                minZoom={LEAST_ZOOM}
                maxZoom={MOST_ZOOM}
                fitView
                fitViewOptions={FIT}
                attributionPosition="bottom-center"
                onNodeClick={(_, node) => onOpen(node.id)}
              >
                <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
              </ReactFlow>
            </FarStage>
            <div className={styles.dock}>
              <ZoomDock />
            </div>
          </div>
        </ReactFlowProvider>
      </CanvasContext>
    </CanvasModeContext>
  );
}
