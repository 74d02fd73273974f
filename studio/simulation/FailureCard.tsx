import { Button } from '@mui/material';
import { RotateCcw } from 'lucide-react';
import { Face } from '../ui/Face.tsx';
import { May } from '../workspace/May.tsx';
import styles from './FailureCard.module.css';
import { useRun } from './useSimulation.ts';
import { whatToDo } from './whatToDo.ts';

/** Why it failed, what to do, and the way on: what is finished is kept. */
export function FailureCard({ onRetry }: { readonly onRetry: () => void }) {
  const failure = useRun(({ state }) => state.failure);
  if (!failure) return null;
  return (
    <section className={styles.failure} role="alert" data-testid="failure">
      <Face name="Baker" index={0} size={42} isDecorative />
      <div>
        <h3>{failure.message}</h3>
        <p>{whatToDo(failure.code)}</p>
        <p className="mono faint">{[failure.code, failure.path].filter(Boolean).join(' · ')}</p>
        <May action="run">
          <Button variant="contained" color="primary" onClick={onRetry}>
            <RotateCcw aria-hidden />
            Retry from the failed task
          </Button>
        </May>
      </div>
    </section>
  );
}
