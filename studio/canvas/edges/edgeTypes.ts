import type { ComponentType } from 'react';
import type { EdgeProps } from 'reactflow';
import type { FlowEdge } from '../flow/toFlow.ts';
import { AssignmentEdge } from './AssignmentEdge.tsx';
import { ImpliedEdge } from './ImpliedEdge.tsx';
import { WireEdge } from './WireEdge.tsx';

export const edgeTypes = {
  wire: WireEdge,
  assignment: AssignmentEdge,
  implied: ImpliedEdge,
} satisfies Record<NonNullable<FlowEdge['type']>, ComponentType<EdgeProps<FlowEdge>>>;
