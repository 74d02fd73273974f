import { Button } from '@mui/material';
import { GitFork, X } from 'lucide-react';
import { useEffect } from 'react';
import { problemOf } from '../../problem.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import styles from './ForkPanel.module.css';
import { changesOf, type ForkRequest } from './forkDraft.ts';
import { type Paint, paintFork } from './forkPaint.ts';
import { changeFork, useForkDraft } from './forkStore.ts';
import { PreviewSteps } from './PreviewSteps.tsx';
import { PreviewWords } from './PreviewWords.tsx';
import { useFork } from './useFork.ts';
import { type ForkPreview, useForkPreview } from './useForkPreview.ts';

interface PreviewBoxProps {
  readonly view: SimulationView;
  readonly request: ForkRequest;
}

/** What changes, what that runs and costs, and the button. Which steps they are is shown on the timeline too. */
export function PreviewBox({ view, request }: PreviewBoxProps) {
  const draft = useForkDraft(view.id);
  const preview = useForkPreview(request);
  const fork = useFork();
  const changes = changesOf(draft, view.graph);
  const isIdle = preview.isCurrent && preview.data?.rerun === 0;
  usePaint(preview.data);
  return (
    <footer className={styles.preview} data-testid="fork-preview" data-current={preview.isCurrent}>
      {changes.length > 0 && (
        <ul className={styles.changed} aria-label="What changes">
          {changes.map(({ key, words, undo }) => (
            <li key={key}>
              {words}
              <button
                type="button"
                aria-label={`Take back: ${words}`}
                onClick={() => changeFork(view.id, undo)}
              >
                <X aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Words preview={preview} isIdle={isIdle} />
      {preview.data && !isIdle && <PreviewSteps view={view} preview={preview.data} />}
      <Button
        variant="contained"
        color="primary"
        disabled={!preview.isCurrent || isIdle || fork.isPending}
        onClick={() => fork.mutate(request)}
      >
        <GitFork aria-hidden />
        Run the fork
      </Button>
    </footer>
  );
}

interface WordsProps {
  readonly preview: ReturnType<typeof useForkPreview>;
  readonly isIdle: boolean;
}

function Words({ preview: { data, error, isError, isCurrent }, isIdle }: WordsProps) {
  if (isError) return <p role="alert">{problemOf(error).message}</p>;
  if (!data) return <p className="muted">Counting what would run</p>;
  if (isIdle)
    return <p className="muted">Nothing would run: it is all the same so far. Change something first.</p>;
  return (
    <p className={styles.words} data-stale={!isCurrent} aria-live="polite">
      <PreviewWords preview={data} />
    </p>
  );
}

/** While the panel is open, the timeline shows what the fork would do with each step. */
function usePaint(preview: ForkPreview | undefined): void {
  useEffect(() => {
    paintFork(preview ? new Map(preview.steps.map((step) => [step.path, paintOf(step)])) : null);
    return () => paintFork(null);
  }, [preview]);
}

const paintOf = ({ reuse, edited }: ForkPreview['steps'][number]): Paint =>
  edited ? 'forkEdited' : reuse ? 'forkReused' : 'forkAnew';
