import 'reactflow/dist/style.css';
import './flow/flow.css';
import { LocateFixed } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from 'reactflow';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { IconAction } from '../ui/IconAction.tsx';
import { CanvasContext } from './CanvasContext.ts';
import { CanvasModeContext } from './CanvasMode.ts';
import { ZoomDock } from './dock/ZoomDock.tsx';
import { edgeTypes } from './edges/edgeTypes.ts';
import { isLarge } from './flow/boxes.ts';
import { FarStage } from './flow/FarStage.tsx';
import { Regions } from './flow/Regions.tsx';
import { ariaLabels, CULL_FROM, FIT, LEAST_ZOOM, MOST_ZOOM } from './flow/stageSettings.ts';
import { type FlowEdge, type FlowNode, toFlowEdges, toFlowNodes } from './flow/toFlow.ts';
import { useFollowTask } from './flow/useFollowTask.ts';
import { nodeTypes } from './nodes/nodeTypes.ts';
import styles from './ReadStage.module.css';
import { createCanvasStore } from './store/canvasStore.ts';
import { nothing } from './store/selection.ts';

interface ReadStageProps {
  readonly graph: CrewGraph;
  readonly onOpen: (nodeId: string) => void;
  /** What it is called to those who hear it. */
  readonly label?: string;
}

/** A crew as it was: to look at, with what each task did in it. */
export function ReadStage(props: ReadStageProps) {
  const [store] = useState(() => createCanvasStore(props.graph));
  return (
    <CanvasModeContext value="read">
      <CanvasContext value={store}>
        <ReactFlowProvider>
          <Cards {...props} />
        </ReactFlowProvider>
      </CanvasContext>
    </CanvasModeContext>
  );
}

function Cards({ graph, onOpen, label = 'The crew as it was' }: ReadStageProps) {
  const nodes = useMemo(() => toFlowNodes(graph, nothing), [graph]);
  const edges = useMemo(() => toFlowEdges(graph, nothing), [graph]);
  const follow = useFollowTask(graph);
  // What could not be read when it is shown whole opens where something is done.
  const opening = isLarge(graph.nodes)
    ? { onInit: () => follow.bringLast(0) }
    : { fitView: true, fitViewOptions: FIT };
  return (
    <div className={styles.stage}>
      <FarStage count={nodes.length}>
        <ReactFlow<FlowNode, FlowEdge>
          aria-label={label}
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
          {...opening}
          attributionPosition="bottom-center"
          onMoveStart={(event) => {
            if (event) follow.stop();
          }}
          onNodeClick={(_, node) => onOpen(node.id)}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
          <Regions graph={graph} />
        </ReactFlow>
      </FarStage>
      <div className={styles.dock}>
        <ZoomDock>
          <IconAction
            label="Keep what is done in view"
            icon={LocateFixed}
            size="small"
            isPressed={follow.isFollowing}
            onClick={follow.toggle}
          />
        </ZoomDock>
      </div>
    </div>
  );
}
