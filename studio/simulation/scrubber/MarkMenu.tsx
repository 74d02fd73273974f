import { Menu } from '@mui/material';
import { Diamond } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { cx } from '../../ui/cx.ts';
import { formatClock } from '../../ui/formats.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { marksOf } from '../replay/marks.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import { nameOf } from '../timeline/nameOf.ts';
import styles from './Scrubber.module.css';

const ROW = 32;
const MOST_ROWS = 11;

/** Everything that has a sign on the ruler, to be gone to. */
export function MarkMenu({ graph }: { readonly graph: CrewGraph }) {
  const { store } = useReplaying();
  const events = useReplayState(({ history }) => history.events);
  const start = useReplayState(({ clock }) => clock.times[0] ?? 0);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const marks = useMemo(() => marksOf(events, (id) => nameOf(graph, id)), [events, graph]);
  const go = (seq: number) => {
    store.getState().seekToSeq(seq);
    setAnchor(null);
  };
  return (
    <>
      <span className={styles.markButton}>
        <IconAction
          label="Go to a moment"
          icon={Diamond}
          isDisabled={marks.length === 0}
          onClick={(event) => setAnchor(event.currentTarget)}
        />
      </span>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ list: { 'aria-label': 'Moments', role: 'presentation', component: 'div' } }}
      >
        <div className={styles.marks} style={{ height: Math.min(marks.length, MOST_ROWS) * ROW }}>
          <VirtualRows
            label="Moments"
            rows={marks}
            rowHeight={ROW}
            keyOf={({ seq }) => seq}
            render={({ seq, at, title, isMinor }) => (
              <button type="button" className={styles.markItem} onClick={() => go(seq)}>
                <i className={cx(styles.sign, isMinor && styles.minor)} aria-hidden />
                <span>{title}</span>
                <small className="mono faint">{formatClock(Date.parse(at) - start)}</small>
              </button>
            )}
          />
        </div>
      </Menu>
    </>
  );
}
