import { Search } from 'lucide-react';
import { useMemo } from 'react';
import { openFinder } from '../../shell/finder.ts';
import { writtenKeys } from '../../ui/shortcuts.ts';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { castOf } from '../cast.ts';
import { LibrarySection } from './LibrarySection.tsx';
import { MemberItem } from './MemberItem.tsx';
import { NewItem } from './NewItem.tsx';
import styles from './Palette.module.css';
import { logic, newAgent, scenes, titleOf } from './paletteItems.ts';

/** Who is there and what can be put on the stage. */
export function Palette({ onPick }: { readonly onPick?: () => void }) {
  const graph = useCanvas(selectGraph);
  const cast = useMemo(() => castOf(graph), [graph]);
  return (
    <aside className={styles.palette} aria-label="Palette">
      <button type="button" className={styles.find} onClick={openFinder}>
        <Search aria-hidden />
        <span className="grow">Find anything</span>
        <kbd className="mono">{writtenKeys('Mod+K')}</kbd>
      </button>
      <h2 className="overline">Cast</h2>
      <ul>
        {cast.map((member) => (
          <MemberItem key={member.id} member={member} onPick={onPick} />
        ))}
        <NewItem item={newAgent} onPick={onPick} />
      </ul>
      <h2 className="overline">Scenes</h2>
      <ul>
        {scenes.map((item) => (
          <NewItem key={titleOf(item)} item={item} onPick={onPick} />
        ))}
      </ul>
      <h2 className="overline">Logic</h2>
      <ul>
        {logic.map((item) => (
          <NewItem key={titleOf(item)} item={item} onPick={onPick} />
        ))}
      </ul>
      <LibrarySection onPick={onPick} />
      <p className={styles.hint}>Drag onto the stage, or tap to put it in the middle.</p>
    </aside>
  );
}
