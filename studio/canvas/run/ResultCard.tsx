import { Button } from '@mui/material';
import type { inferRouterOutputs } from '@trpc/server';
import { ChevronDown, ChevronUp, Copy, ExternalLink, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { FailureCard } from '../../simulation/FailureCard.tsx';
import { Figures } from '../../simulation/Figures.tsx';
import { isClosed, type RunState } from '../../simulation/runStore.ts';
import { useRun } from '../../simulation/useSimulation.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './ResultCard.module.css';
import { useRunControl } from './RunControl.ts';

const Markdown = lazy(async () => ({ default: (await import('../../ui/Markdown.tsx')).Markdown }));

type SimulationView = inferRouterOutputs<AppRouter>['simulations']['get'];

const selectIsOver = ({ simulationId, state }: RunState) => simulationId !== null && isClosed(state.status);

/** What came out, over the stage: the answer, or why there is none. */
export function ResultCard({ view }: { readonly view: SimulationView | undefined }) {
  const isOver = useRun(selectIsOver);
  const status = useRun(({ state }) => state.status);
  const id = useRun(({ simulationId }) => simulationId);
  const [isFolded, setIsFolded] = useState(false);
  const { dismiss, retry } = useRunControl();
  if (!isOver || id === null) return null;
  const output = view && isClosed(view.status) ? view.output : undefined;
  return (
    <section className={`card ${styles.result}`} aria-label="Result" data-testid="result">
      <header>
        <StatusChip status={status} />
        <span className={styles.figures}>
          <Figures />
        </span>
        {output && <IconAction label="Copy" icon={Copy} size="small" onClick={() => copy(output)} />}
        <IconAction
          label={isFolded ? 'Unfold' : 'Fold'}
          icon={isFolded ? ChevronUp : ChevronDown}
          size="small"
          onClick={() => setIsFolded(!isFolded)}
        />
        <IconAction label="Clear the stage" icon={X} size="small" onClick={dismiss} />
      </header>
      {!isFolded && (
        <>
          <div className={styles.body}>
            {status === 'failed' ? (
              <FailureCard onRetry={retry} />
            ) : (
              <Output text={output} isLoading={view === undefined || !isClosed(view.status)} />
            )}
          </div>
          <footer>
            <Button component={Link} to={`/simulations/${id}`} size="small">
              <ExternalLink aria-hidden />
              Open the simulation
            </Button>
          </footer>
        </>
      )}
    </section>
  );
}

function Output({
  text,
  isLoading,
}: {
  readonly text: string | null | undefined;
  readonly isLoading: boolean;
}) {
  if (isLoading) return <p className="faint">Reading the answer</p>;
  if (!text) return <p className="muted">There is no answer to show.</p>;
  return (
    <Suspense fallback={<p>{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}

function copy(text: string): void {
  navigator.clipboard
    .writeText(text)
    .then(() => toast({ text: 'Copied.' }))
    .catch(() => toast({ text: 'The browser does not allow copying here.', tone: 'fail' }));
}
