import { type NodeHandle, Position } from 'reactflow';
import type { Size } from '#workflows/graph/layout.ts';
import type { NodeKind } from '#workflows/graph/schema.ts';

/** Ports by name; both ends of a line say which they hold on to. */
export const HANDLES = { assign: 'assign', agent: 'agent', in: 'in', out: 'out' } as const;

/** As flow.css draws them. */
const PORT = 11;

type PortsOf = (size: Size) => NodeHandle[];

const ends: PortsOf = ({ width, height }) => [
  port(HANDLES.in, 'target', Position.Left, 0, height / 2),
  port(HANDLES.out, 'source', Position.Right, width, height / 2),
];

const PORTS: Readonly<Record<NodeKind, PortsOf>> = {
  agent: ({ width, height }) => [port(HANDLES.assign, 'source', Position.Bottom, width / 2, height)],
  task: ({ width, height }) => [
    port(HANDLES.in, 'target', Position.Left, 0, height / 2),
    port(HANDLES.out, 'source', Position.Right, width, height / 2),
    port(HANDLES.agent, 'target', Position.Top, width / 2, 0),
  ],
  router: ends,
  map: ends,
  loop: ends,
  approval: ends,
  crew: ends,
  wait: ends,
  note: () => [],
  group: () => [],
};

/** Where the ports of a node are. Given to React Flow, so that it draws lines to cards it has not measured yet. */
export const portsOf = (kind: NodeKind, size: Size): NodeHandle[] => PORTS[kind](size);

function port(id: string, type: NodeHandle['type'], position: Position, x: number, y: number): NodeHandle {
  return {
    id,
    type,
    position,
    x: x - PORT / 2,
    y: y - PORT / 2,
    width: PORT,
    height: PORT,
  };
}
