import { useCallback } from 'react';
import type { IsValidConnection, OnConnect, OnConnectEnd, OnConnectStart } from 'reactflow';
import { useReactFlow } from 'reactflow';
import { canConnect } from '#workflows/graph/connect.ts';
import { useCanvasStore } from '../CanvasContext.ts';
import { connectNodes } from '../commands/connectNodes.ts';
import { type HeldEnd, holdWire, wireTo } from '../gestures/connecting.ts';
import { pointOf, targetAt } from '../gestures/underPointer.ts';
import { askForEnd } from '../gestures/wirePicker.ts';
import type { FlowEdge, FlowNode } from './toFlow.ts';

/** Drawing wires: by dragging from a port, or by a tap on one port and a tap on another. */
export function useConnect() {
  const store = useCanvasStore();
  const { screenToFlowPosition } = useReactFlow<FlowNode, FlowEdge>();

  const onConnectStart: OnConnectStart = useCallback((_, { nodeId, handleId, handleType }) => {
    if (nodeId && handleType) holdWire({ nodeId, handleId, type: handleType });
  }, []);

  const onConnect: OnConnect = useCallback(
    ({ source, target }) => {
      connectNodes(store, { from: source, to: target });
    },
    [store],
  );

  const isValidConnection: IsValidConnection<FlowEdge> = useCallback(
    ({ source, target }) => canConnect(store.getState().graph, { from: source, to: target }) === true,
    [store],
  );

  const onConnectEnd: OnConnectEnd = useCallback(
    (event, { isValid, fromHandle }) => {
      holdWire(null);
      if (isValid || !fromHandle) return;
      const held: HeldEnd = {
        nodeId: fromHandle.nodeId,
        handleId: fromHandle.id ?? null,
        type: fromHandle.type,
      };
      const point = pointOf(event);
      const target = targetAt(point);
      // Anywhere on a card is meant for the card: it is connected, or the sentence says why not.
      if (target.kind === 'node' && target.id !== held.nodeId) connectNodes(store, wireTo(held, target.id));
      if (target.kind === 'stage') askForEnd({ held, ...point, centre: screenToFlowPosition(point) });
    },
    [store, screenToFlowPosition],
  );

  /** A second tap that may not be is told too. */
  const onClickConnectEnd: OnConnectEnd = useCallback(
    (_, { isValid, fromHandle, toHandle }) => {
      holdWire(null);
      if (isValid || !fromHandle || !toHandle || fromHandle.nodeId === toHandle.nodeId) return;
      const held = { nodeId: fromHandle.nodeId, handleId: fromHandle.id ?? null, type: fromHandle.type };
      connectNodes(store, wireTo(held, toHandle.nodeId));
    },
    [store],
  );

  return {
    onConnectStart,
    onConnect,
    onConnectEnd,
    isValidConnection,
    onClickConnectStart: onConnectStart,
    onClickConnectEnd,
  };
}
