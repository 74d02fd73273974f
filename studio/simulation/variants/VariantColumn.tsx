import { Button } from '@mui/material';
import { Check, ExternalLink } from 'lucide-react';
import { Link } from 'react-router';
import { formatCount, formatDuration, formatMoney } from '../../ui/formats.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { isClosed } from '../runStore.ts';
import type { Variant, VariantList } from './useVariants.ts';
import styles from './VariantsDialog.module.css';

export const OriginalColumn = ({ original }: { readonly original: VariantList['original'] }) => (
  <article className={styles.column} data-kind="original">
    <header>
      <b>As it was</b>
      <small className="mono">{original?.model ?? ''}</small>
    </header>
    <Answer text={original?.answer ?? null} isOver />
  </article>
);

interface VariantColumnProps {
  readonly variant: Variant;
  readonly isKeeping: boolean;
  readonly onKeep: () => void;
}

export function VariantColumn({ variant, isKeeping, onKeep }: VariantColumnProps) {
  const { id, number, status, changed, model, totals, startedAt, endedAt, continuedIn, failure } = variant;
  const figures = [
    startedAt && endedAt && formatDuration(Date.parse(endedAt) - Date.parse(startedAt)),
    totals.outputTokens > 0 && `${formatCount(totals.outputTokens)} tokens`,
    isClosed(status) && formatMoney(totals.costMicros),
  ];
  return (
    <article className={styles.column} data-kind="variant" data-status={status}>
      <header>
        <b>
          {number}. {changed === '' ? 'once more' : changed}
        </b>
        <small className="mono">{model ?? ''}</small>
        <StatusChip status={status} />
        <small className="mono">{figures.filter(Boolean).join(' · ')}</small>
      </header>
      {failure ? (
        <p className={styles.failure}>{failure.message}</p>
      ) : (
        <Answer text={variant.answer} isOver={isClosed(status)} />
      )}
      <footer>
        {continuedIn === null ? (
          <Button size="small" disabled={status !== 'completed' || isKeeping} onClick={onKeep}>
            <Check aria-hidden />
            Keep this one
          </Button>
        ) : (
          <Button size="small" component={Link} to={`/simulations/${continuedIn}`}>
            <ExternalLink aria-hidden />
            See how it went on
          </Button>
        )}
        <Link to={`/simulations/${id}`}>Open</Link>
      </footer>
    </article>
  );
}

function Answer({ text, isOver }: { readonly text: string | null; readonly isOver: boolean }) {
  if (!text) return <p className={styles.quiet}>{isOver ? 'There is no answer.' : 'At work'}</p>;
  return (
    <div className={styles.answer}>
      <Markdown text={text} />
    </div>
  );
}
