import { useAddress } from '../../ui/useAddress.ts';
import styles from './ComparePage.module.css';
import { CompareTimelines } from './CompareTimelines.tsx';
import { MetricTable } from './MetricTable.tsx';
import type { Comparison } from './metrics.ts';
import { PairDetail } from './PairDetail.tsx';
import { PairList } from './PairList.tsx';

const STEP = 'step';

/** Figures and timelines above, the steps and what they said below. */
export function CompareBody({ comparison }: { readonly comparison: Comparison }) {
  const [params, change] = useAddress();
  const chosen = params.get(STEP) ?? comparison.firstDifference ?? comparison.steps[0]?.path ?? null;
  const choose = (path: string) =>
    change((now) => {
      now.set(STEP, path);
    });
  const pair = comparison.steps.find(({ path }) => path === chosen);
  return (
    <div className={styles.body}>
      <MetricTable comparison={comparison} />
      <CompareTimelines comparison={comparison} chosen={chosen} onChoose={choose} />
      <PairList comparison={comparison} chosen={chosen} onChoose={choose} />
      {pair ? (
        <PairDetail key={pair.path} comparison={comparison} pair={pair} />
      ) : (
        <p className={styles.none}>Neither has done anything yet.</p>
      )}
    </div>
  );
}
