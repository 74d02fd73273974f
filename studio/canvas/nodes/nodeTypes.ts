import type { ComponentType } from 'react';
import type { NodeProps } from 'reactflow';
import type { NodeKind } from '#workflows/graph/schema.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import { AgentPill } from './AgentPill.tsx';
import { NoteCard } from './NoteCard.tsx';
import { TaskCard } from './TaskCard.tsx';

/** One component a node kind: a kind that was forgotten does not compile. */
export const nodeTypes = {
  agent: AgentPill,
  task: TaskCard,
  note: NoteCard,
} satisfies Record<NodeKind, ComponentType<NodeProps<FlowNode>>>;
