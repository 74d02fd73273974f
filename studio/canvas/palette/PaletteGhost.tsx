import { Face } from '../../ui/Face.tsx';
import { useGhost } from './ghost.ts';
import styles from './Palette.module.css';
import { type PaletteItem, titleOf } from './paletteItems.ts';

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
        <Look item={item} />
        {titleOf(item)}
      </div>
    </div>
  );
}

function Look({ item }: { readonly item: PaletteItem }) {
  if (item.kind === 'new') return <item.icon aria-hidden />;
  const { name, index } = item.kind === 'member' ? item.member : item.agent;
  return <Face name={name} index={index} size={28} isDecorative />;
}
