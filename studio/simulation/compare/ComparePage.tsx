import { Button } from '@mui/material';
import { ArrowLeftRight } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { NotFoundPage } from '../../pages/NotFoundPage.tsx';
import { isNotThere } from '../../problem.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { CompareBody } from './CompareBody.tsx';
import styles from './ComparePage.module.css';
import { useComparison } from './useCompared.ts';

/** Two simulations beside each other: where they part, and what that came to. */
export function ComparePage() {
  useTitle('Compare');
  const [params, setParams] = useSearchParams();
  const a = params.get('a') ?? '';
  const b = params.get('b') ?? '';
  const swap = () => setParams({ a: b, b: a }, { replace: true });
  if (a === '' || b === '') return <Nothing />;
  return (
    <div className="page">
      <TopBar title="Compare" about={<Titles a={a} b={b} />} isStacked>
        <Button onClick={swap}>
          <ArrowLeftRight aria-hidden />
          Swap
        </Button>
      </TopBar>
      <Compared key={`${a} ${b}`} a={a} b={b} />
    </div>
  );
}

/** What is compared, once where both have one name. */
function Titles({ a, b }: { readonly a: string; readonly b: string }) {
  const { data } = useComparison(a, b);
  if (!data) return null;
  const names = [...new Set([data.a.title, data.b.title])];
  return <span className={styles.titles}>{names.join(' and ')}</span>;
}

function Compared({ a, b }: { readonly a: string; readonly b: string }) {
  const comparison = useComparison(a, b);
  if (comparison.isPending) return <LoadingScreen title="Laying them side by side" />;
  if (isNotThere(comparison.error)) return <NotFoundPage />;
  if (comparison.isError)
    return (
      <FailedScreen
        title="They could not be compared"
        error={comparison.error}
        onRetry={() => comparison.refetch()}
      />
    );
  return (
    <div className={styles.scroll}>
      <CompareBody comparison={comparison.data} />
    </div>
  );
}

const Nothing = () => (
  <Screen
    face="Scout"
    index={3}
    title="Two are needed to compare"
    action={
      <Button component={Link} to="/simulations" variant="contained" color="primary">
        Choose a simulation
      </Button>
    }
  >
    Open one and press Compare to choose the other.
  </Screen>
);
