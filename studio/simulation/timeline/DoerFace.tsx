import { CircleDashed, type LucideIcon, UsersRound } from 'lucide-react';
import type { ControlKind } from '#workflows/graph/schema.ts';
import { CONTROL_ICONS } from '../../canvas/nodes/controlIcons.ts';
import { Face } from '../../ui/Face.tsx';
import styles from './DoerFace.module.css';
import type { Doer } from './doerOf.ts';

interface DoerFaceProps {
  readonly doer: Pick<Doer, 'name' | 'member' | 'kind'>;
  readonly size: number;
}

/** The mask of one of the cast; a sign for people, and for what nobody plays. Beside the written name. */
export function DoerFace({ doer: { name, member, kind }, size }: DoerFaceProps) {
  if (member) return <Face name={name} index={member.index} size={size} isDecorative />;
  const Icon = iconOf(kind);
  return (
    <span className={styles.sign} data-kind={kind ?? ''} style={{ '--size': `${size}px` }} aria-hidden>
      <Icon size={Math.round(size * 0.55)} />
    </span>
  );
}

function iconOf(kind: Doer['kind']): LucideIcon {
  if (kind === 'people') return UsersRound;
  return kind !== null && isControl(kind) ? CONTROL_ICONS[kind] : CircleDashed;
}

const isControl = (kind: string): kind is ControlKind => Object.hasOwn(CONTROL_ICONS, kind);
