import { useCanvasStore } from '../CanvasContext.ts';
import { addNode } from '../commands/addNode.ts';
import { useStageView } from '../flow/useStageView.ts';
import { focusNode } from '../gestures/focusNode.ts';
import styles from './Palette.module.css';
import type { PaletteItem } from './paletteItems.ts';
import { usePaletteDrag } from './usePaletteDrag.ts';

interface NewItemProps {
  readonly item: PaletteItem;
  readonly onPick?: (() => void) | undefined;
}

export function NewItem({ item, onPick }: NewItemProps) {
  const store = useCanvasStore();
  const view = useStageView();
  const drag = usePaletteDrag(item, () => {
    if (item.kind !== 'new') return;
    const id = addNode(store, item.node, { centre: view.centre() });
    if (id) focusNode(id);
    onPick?.();
  });
  if (item.kind !== 'new') return null;
  const { icon: Icon, title, node } = item;
  return (
    <li>
      <button type="button" className={styles.tool} data-testid={`palette-${node}`} {...drag}>
        <span>
          <Icon aria-hidden />
        </span>
        {title}
      </button>
    </li>
  );
}
