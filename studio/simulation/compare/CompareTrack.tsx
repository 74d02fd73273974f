import { useMemo } from 'react';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { DoerFace } from '../timeline/DoerFace.tsx';
import { type Drawn, drawRows } from '../timeline/drawn.ts';
import { pixelAt, type Scale } from '../timeline/view.ts';
import styles from './CompareTimelines.module.css';
import type { ComparedPair } from './metrics.ts';
import { barAt, type ComparedSide } from './sideOf.ts';

type Result = ComparedPair['result'];

interface CompareTrackProps {
  readonly letter: 'A' | 'B';
  readonly side: ComparedSide;
  readonly scale: Scale;
  readonly results: ReadonlyMap<string, Result>;
  readonly chosen: string | null;
  /** Path of the first step that is not the same. */
  readonly first: string | null;
  readonly onChoose: (path: string) => void;
}

export function CompareTrack({ letter, side, scale, results, chosen, first, onChoose }: CompareTrackProps) {
  const rows = useMemo(
    () => side.lanes.map((lane) => drawRows([lane.rows.flat()], scale, side.clock.length)[0] ?? []),
    [side, scale],
  );
  const parting = barAt(side, first);
  return (
    <div className={styles.side}>
      <b className={styles.letter}>{letter}</b>
      {side.lanes.map(({ doer }, place) => (
        <div key={doer.key} className={styles.lane} style={{ '--c': castColour(doer.member?.index ?? -1) }}>
          <span className={styles.who}>
            <DoerFace doer={doer} size={18} />
            <span>{doer.name}</span>
          </span>
          <div className={styles.track}>
            {(rows[place] ?? []).map((drawn) => (
              <Box
                key={drawn.key}
                drawn={drawn}
                who={doer.name}
                results={results}
                chosen={chosen}
                onChoose={onChoose}
              />
            ))}
          </div>
        </div>
      ))}
      <div className={styles.over} aria-hidden>
        {parting && (
          <span className={styles.parting} style={{ left: pixelAt(scale, parting.from) }}>
            {letter === 'A' && <em>first difference</em>}
          </span>
        )}
      </div>
    </div>
  );
}

interface BoxProps extends Pick<CompareTrackProps, 'results' | 'chosen' | 'onChoose'> {
  readonly drawn: Drawn;
  readonly who: string;
}

function Box({ drawn: { bars, left, width }, who, results, chosen, onChoose }: BoxProps) {
  const differing = bars.find(({ path }) => results.get(path) !== 'same');
  const { path, isReused, kind } = differing ?? bars[0];
  const label = `${who}: ${WORDS[results.get(path) ?? 'same']}`;
  return (
    <button
      type="button"
      className={cx(
        styles.bar,
        !differing && styles.same,
        isReused && styles.reused,
        kind === 'tool' && bars.length === 1 && styles.tool,
        bars.some((bar) => bar.path === chosen) && styles.chosen,
      )}
      style={{ left, width }}
      title={label}
      aria-label={label}
      data-path={path}
      data-result={differing ? results.get(path) : 'same'}
      onClick={() => onChoose(path)}
    />
  );
}

const WORDS: Readonly<Record<Result, string>> = {
  same: 'the same in both',
  different: 'different',
  onlyA: 'only in A',
  onlyB: 'only in B',
};
