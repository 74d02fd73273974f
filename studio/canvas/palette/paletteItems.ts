import { Check, type LucideIcon, StickyNote, UserPlus } from 'lucide-react';
import type { NodeKind } from '#workflows/graph/schema.ts';
import type { CastMember } from '../cast.ts';

/** What can be taken from the palette: something new, or somebody of the cast. */
export type PaletteItem =
  | { readonly kind: 'new'; readonly node: NodeKind; readonly title: string; readonly icon: LucideIcon }
  | { readonly kind: 'member'; readonly member: CastMember };

export const newAgent: PaletteItem = { kind: 'new', node: 'agent', title: 'New agent', icon: UserPlus };
export const newTask: PaletteItem = { kind: 'new', node: 'task', title: 'Task', icon: Check };
export const newNote: PaletteItem = { kind: 'new', node: 'note', title: 'Note', icon: StickyNote };

export const scenes: readonly PaletteItem[] = [newTask, newNote];

export const titleOf = (item: PaletteItem): string => (item.kind === 'new' ? item.title : item.member.name);
