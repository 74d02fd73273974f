import { Face } from '../../ui/Face.tsx';
import { useGhost } from './ghost.ts';
import styles from './Palette.module.css';
import { titleOf } from './paletteItems.ts';

/** What follows the pointer while something is dragged from the palette. */
export function PaletteGhost() {
  const ghost = useGhost((state) => state.ghost);
  if (!ghost) return null;
  const { item, x, y } = ghost;
  return (
    <div
      className={styles.ghost}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-testid="palette-ghost"
    >
      <div>
        {item.kind === 'member' && (
          <Face name={item.member.name} index={item.member.index} size={28} isDecorative />
        )}
        {item.kind === 'new' && <item.icon aria-hidden />}
        {titleOf(item)}
      </div>
    </div>
  );
}
