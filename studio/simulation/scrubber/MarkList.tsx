import { type KeyboardEvent, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { formatClock } from '../../ui/formats.ts';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import type { Mark } from '../replay/marks.ts';
import { shownMoment } from '../replay/replayStore.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import styles from './Scrubber.module.css';

interface MarkListProps {
  readonly marks: readonly Mark[];
  readonly onGo: () => void;
}

const ROW = 32;
const MOST_ROWS = 11;

/** The signs as a list, by pointer or arrow keys. It begins where one looks. */
export function MarkList({ marks, onGo }: MarkListProps) {
  const { store } = useReplaying();
  const start = useReplayState(({ clock }) => clock.times[0] ?? 0);
  const [at, setAt] = useState(() => placeOf(marks, shownMoment(store.getState()).seq));
  const active = Math.min(at, marks.length - 1);
  const handleKey = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, active, marks.length);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  const go = (seq: number) => {
    store.getState().seekToSeq(seq);
    onGo();
  };
  return (
    <div className={styles.marks} style={{ height: Math.min(marks.length, MOST_ROWS) * ROW }}>
      <VirtualRows
        label="Moments"
        rows={marks}
        rowHeight={ROW}
        at={active}
        keyOf={({ seq, title }) => `${seq} ${title}`}
        render={(mark) => (
          <MarkItem
            mark={mark}
            passed={Date.parse(mark.at) - start}
            isActive={mark === marks[active]}
            onGo={() => go(mark.seq)}
            onKey={handleKey}
          />
        )}
      />
    </div>
  );
}

interface MarkItemProps {
  readonly mark: Mark;
  /** Since the beginning, in milliseconds. */
  readonly passed: number;
  readonly isActive: boolean;
  readonly onGo: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** The one that is active has the focus, also where it has just come into the page. */
const MarkItem = ({ mark: { title, isMinor }, passed, isActive, onGo, onKey }: MarkItemProps) => (
  <button
    type="button"
    className={styles.markItem}
    tabIndex={isActive ? 0 : -1}
    ref={isActive ? focus : undefined}
    onClick={onGo}
    onKeyDown={onKey}
  >
    <i className={cx(styles.sign, isMinor && styles.minor)} aria-hidden />
    <span>{title}</span>
    <small className="mono faint">{formatClock(passed)}</small>
  </button>
);

const focus = (button: HTMLButtonElement | null): void => button?.focus({ preventScroll: true });

/** The last sign before the moment that is looked at. */
const placeOf = (marks: readonly Mark[], seq: number): number =>
  Math.max(
    0,
    marks.findLastIndex((mark) => mark.seq <= seq),
  );

function nextPlace(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
