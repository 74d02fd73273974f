import type { ComponentType } from 'react';
import type { NodeProps } from 'reactflow';
import type { NodeKind } from '#workflows/graph/schema.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import { AgentPill } from './AgentPill.tsx';
import { ControlCard } from './ControlCard.tsx';
import { GroupFrame } from './GroupFrame.tsx';
import { NoteCard } from './NoteCard.tsx';
import { TaskCard } from './TaskCard.tsx';

/** One component a node kind: a kind that was forgotten does not compile. */
export const nodeTypes = {
  agent: AgentPill,
  task: TaskCard,
  router: ControlCard,
  map: ControlCard,
  loop: ControlCard,
  approval: ControlCard,
  crew: ControlCard,
  wait: ControlCard,
  note: NoteCard,
  group: GroupFrame,
} satisfies Record<NodeKind, ComponentType<NodeProps<FlowNode>>>;
