import { Face } from '../../ui/Face.tsx';
import { useCanvas, useCanvasStore } from '../CanvasContext.ts';
import type { CastMember } from '../cast.ts';
import { useStageView } from '../flow/useStageView.ts';
import { focusNode } from '../gestures/focusNode.ts';
import { onlyNodes } from '../store/selection.ts';
import styles from './Palette.module.css';
import { usePaletteDrag } from './usePaletteDrag.ts';

interface MemberItemProps {
  readonly member: CastMember;
  readonly onPick?: (() => void) | undefined;
}

/** Somebody of the cast: drag onto a task to give it to them, onto the stage to give them a new one. */
export function MemberItem({ member, onPick }: MemberItemProps) {
  const store = useCanvasStore();
  const view = useStageView();
  const line = useCanvas(({ graph }) => {
    const node = graph.nodes.find(({ id }) => id === member.id);
    return node?.kind === 'agent' ? node.data.goal || node.data.role : '';
  });
  const drag = usePaletteDrag({ kind: 'member', member }, () => {
    store.getState().select(onlyNodes([member.id]));
    view.show(member.id);
    focusNode(member.id);
    onPick?.();
  });
  return (
    <li>
      <button type="button" className={styles.cast} title={`${member.name}: drag onto a task`} {...drag}>
        <Face name={member.name} index={member.index} size={34} isDecorative />
        <span>
          <b>{member.name}</b>
          <small>{line || 'has no goal yet'}</small>
        </span>
      </button>
    </li>
  );
}
