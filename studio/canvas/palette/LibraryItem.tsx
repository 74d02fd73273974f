import { Face } from '../../ui/Face.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { useCanvasStore } from '../CanvasContext.ts';
import { placeFromLibrary } from '../commands/placeFromLibrary.ts';
import { useStageView } from '../flow/useStageView.ts';
import styles from './Palette.module.css';
import { usePaletteDrag } from './usePaletteDrag.ts';

interface LibraryItemProps {
  readonly agent: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly goal: string;
  };
  readonly onPick?: (() => void) | undefined;
}

/** An agent of the library: drag it onto the stage, or onto a task that it is to do. */
export function LibraryItem({ agent: { id, name, role, goal }, onPick }: LibraryItemProps) {
  const store = useCanvasStore();
  const view = useStageView();
  const kept = { id, name: name || 'Nameless', index: libraryIndex(id) };
  const drag = usePaletteDrag({ kind: 'library', agent: kept }, () => {
    placeFromLibrary(store, id, { centre: view.centre() });
    onPick?.();
  });
  return (
    <li>
      <button
        type="button"
        className={styles.cast}
        title={`${kept.name}: drag a copy onto the stage`}
        {...drag}
      >
        <Face name={kept.name} index={kept.index} size={34} isDecorative />
        <span>
          <b>{kept.name}</b>
          <small>{(role === name ? goal : role) || 'has no role yet'}</small>
        </span>
      </button>
    </li>
  );
}
