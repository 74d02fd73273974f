import { Check, Group, type LucideIcon, StickyNote, UserPlus } from 'lucide-react';
import { type ControlKind, type NodeKind, unreachable } from '#workflows/graph/schema.ts';
import type { CastMember } from '../cast.ts';
import { CONTROL_ICONS } from '../nodes/controlIcons.ts';

/** What can be taken from the palette: something new, somebody of the cast, or a copy of an agent of the library. */
export type PaletteItem =
  | { readonly kind: 'new'; readonly node: NodeKind; readonly title: string; readonly icon: LucideIcon }
  | { readonly kind: 'member'; readonly member: CastMember }
  | { readonly kind: 'library'; readonly agent: CastMember };

export const newAgent: PaletteItem = { kind: 'new', node: 'agent', title: 'New agent', icon: UserPlus };
const newTask: PaletteItem = { kind: 'new', node: 'task', title: 'Task', icon: Check };
export const newNote: PaletteItem = { kind: 'new', node: 'note', title: 'Note', icon: StickyNote };

export const scenes: readonly PaletteItem[] = [newTask, newNote];

const control = (node: ControlKind, title: string): PaletteItem => ({
  kind: 'new',
  node,
  title,
  icon: CONTROL_ICONS[node],
});

/** What decides, repeats and waits. */
export const logic: readonly PaletteItem[] = [
  control('router', 'Decision'),
  control('map', 'For each item'),
  control('loop', 'Repeat'),
  control('approval', 'Approval'),
  control('crew', 'Another crew'),
  control('wait', 'Wait'),
  { kind: 'new', node: 'group', title: 'Group', icon: Group },
];

export function titleOf(item: PaletteItem): string {
  switch (item.kind) {
    case 'new':
      return item.title;
    case 'member':
      return item.member.name;
    case 'library':
      return item.agent.name;
    default:
      return unreachable(item);
  }
}
