import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { plural } from '../../ui/formats.ts';
import { LibraryItem } from './LibraryItem.tsx';
import styles from './Palette.module.css';

// A palette is for the hand; who has more unfolds them.
const SHOWN = 5;

/** Agents of the library, to be placed by copy. */
export function LibrarySection({ onPick }: { readonly onPick?: (() => void) | undefined }) {
  const agents = useQuery(trpc.agents.list.queryOptions({ limit: 100 }));
  const [isUnfolded, setIsUnfolded] = useState(false);
  const items = agents.data?.items ?? [];
  const shown = isUnfolded ? items : items.slice(0, SHOWN);
  const rest = items.length - shown.length;
  return (
    <>
      <h2 className="overline">From your library</h2>
      <ul data-testid="palette-library">
        {shown.map((agent) => (
          <LibraryItem key={agent.id} agent={agent} onPick={onPick} />
        ))}
        {rest > 0 && (
          <li>
            <button type="button" className={styles.more} onClick={() => setIsUnfolded(true)}>
              <ChevronDown aria-hidden />
              {plural(rest, 'more', 'more')}
            </button>
          </li>
        )}
      </ul>
      {agents.isError && <p className={styles.none}>{problemOf(agents.error).message}</p>}
      {agents.isSuccess && items.length === 0 && (
        <p className={styles.none}>
          Nobody yet. <Link to="/agents">Open the library</Link>
        </p>
      )}
    </>
  );
}
