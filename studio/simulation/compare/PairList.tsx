import { useState } from 'react';
import { Chip } from '../../ui/Chip.tsx';
import { cx } from '../../ui/cx.ts';
import { plural } from '../../ui/formats.ts';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { stepTitle } from '../steps/stepTitle.ts';
import styles from './ComparePage.module.css';
import type { ComparedPair, Comparison } from './metrics.ts';

interface PairListProps {
  readonly comparison: Comparison;
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}

/** Every step of the two, those that differ first of all. */
export function PairList({ comparison, chosen, onChoose }: PairListProps) {
  const { steps, counts } = comparison;
  const [showsAll, setShowsAll] = useState(counts.same === steps.length);
  const rows = showsAll ? steps : steps.filter(({ result }) => result !== 'same');
  const differing = steps.length - counts.same;
  return (
    <section className={styles.pairs} aria-label="Steps">
      <header>
        <h2 className="overline">
          {differing === 0 ? 'No step differs' : `${plural(differing, 'step')} of ${steps.length} differ`}
        </h2>
        {differing > 0 && counts.same > 0 && (
          <label>
            <input
              type="checkbox"
              checked={showsAll}
              onChange={(event) => setShowsAll(event.target.checked)}
            />
            Show all
          </label>
        )}
      </header>
      <VirtualRows
        label="Compared steps"
        rows={rows}
        rowHeight={48}
        keyOf={({ path }) => path}
        render={(pair) => (
          <button
            type="button"
            className={cx(styles.pair, pair.path === chosen && styles.chosen)}
            aria-pressed={pair.path === chosen}
            data-result={pair.result}
            onClick={() => onChoose(pair.path)}
          >
            <span>
              <b>{pair.name}</b>
              <small>{kindOf(pair)}</small>
            </span>
            {pair.path === comparison.firstDifference && (
              <i className={styles.sign} title="First difference" />
            )}
            <Chip tone={TONES[pair.result]}>{WORDS[pair.result]}</Chip>
          </button>
        )}
      />
    </section>
  );
}

function kindOf({ path, a, b }: ComparedPair): string {
  const step = a ?? b;
  const title = stepTitle('', { kind: step?.kind ?? 'model', tool: step?.tool ?? null, path });
  return title.replace(/^,? */, '');
}

const WORDS: Readonly<Record<ComparedPair['result'], string>> = {
  same: 'same',
  different: 'differs',
  onlyA: 'only in A',
  onlyB: 'only in B',
};

const TONES: Readonly<Record<ComparedPair['result'], 'quiet' | 'now' | 'info'>> = {
  same: 'quiet',
  different: 'now',
  onlyA: 'info',
  onlyB: 'info',
};
