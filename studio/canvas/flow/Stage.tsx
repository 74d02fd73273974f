import 'reactflow/dist/style.css';
import './flow.css';
import type { ReactNode } from 'react';
import { Background, BackgroundVariant, ReactFlow } from 'reactflow';
import { edgeTypes } from '../edges/edgeTypes.ts';
import { HeldWire } from '../edges/HeldWire.tsx';
import { enterEdge, leaveEdge } from '../gestures/hoveredEdge.ts';
import { nodeTypes } from '../nodes/nodeTypes.ts';
import { FarStage } from './FarStage.tsx';
import { Regions } from './Regions.tsx';
import { ariaLabels, CULL_FROM, FIT, LEAST_ZOOM, MOST_ZOOM } from './stageSettings.ts';
import type { FlowEdge, FlowNode } from './toFlow.ts';
import { useConnect } from './useConnect.ts';
import { useFlow } from './useFlow.ts';

const CONNECTION_RADIUS = 36;

/** The canvas to work on. What floats above it comes as children. */
export function Stage({ children }: { readonly children: ReactNode }) {
  const { nodes, edges, graph, selection: _, ...changes } = useFlow();
  const connecting = useConnect();
  return (
    <FarStage count={nodes.length}>
      <ReactFlow<FlowNode, FlowEdge>
        aria-label="Stage: agents, tasks and the lines between them"
        nodes={nodes}
        edges={edges}
        {...changes}
        {...connecting}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={HeldWire}
        connectionRadius={CONNECTION_RADIUS}
        ariaLabelConfig={ariaLabels}
        onlyRenderVisibleElements={nodes.length >= CULL_FROM}
        edgesFocusable={false}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        panOnScroll
        minZoom={LEAST_ZOOM}
        maxZoom={MOST_ZOOM}
        fitView
        fitViewOptions={FIT}
        attributionPosition="bottom-center"
        onEdgeMouseEnter={(_event, edge) => enterEdge(edge.id)}
        onEdgeMouseLeave={leaveEdge}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
        <Regions graph={graph} />
        {children}
      </ReactFlow>
    </FarStage>
  );
}
