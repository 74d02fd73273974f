import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { waitingWords } from '../../simulation/waitingWords.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatCount, formatDate, formatDuration, formatMoney, formatWhen } from '../../ui/formats.ts';
import { LinkRow } from '../../ui/RowList.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import styles from './SimulationRow.module.css';

type SimulationSummary = inferRouterOutputs<AppRouter>['simulations']['list']['items'][number];

export function SimulationRow({ simulation }: { readonly simulation: SimulationSummary }) {
  const { id, title, status, totals, createdAt, startedAt, endedAt, failure, purpose } = simulation;
  const { isKept, expiresAt } = simulation;
  const waiting = status === 'waiting' ? waitingWords({ ...simulation, steps: {} }) : '';
  return (
    <LinkRow to={`/simulations/${id}`} className={styles.row} testId="simulation-row">
      <StatusChip status={status} />
      <span className={styles.title}>
        <b>
          <span>{title}</span>
          {purpose && <Chip>{PURPOSES[purpose]}</Chip>}
        </b>
        {failure && <small>{failure.message}</small>}
        {waiting && <small data-tone="wait">{waiting}</small>}
      </span>
      <span className={styles.when}>
        {formatWhen(createdAt)}
        {isKept && <small>kept for good</small>}
        {expiresAt && <small>until {formatDate(expiresAt)}</small>}
      </span>
      <span className={styles.figure}>
        {startedAt && endedAt && formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}
      </span>
      <span className={styles.figure}>{formatCount(totals.inputTokens + totals.outputTokens)} tokens</span>
      <span className={styles.figure}>{formatMoney(totals.costMicros)}</span>
    </LinkRow>
  );
}

const PURPOSES: Readonly<Record<NonNullable<SimulationSummary['purpose']>, string>> = {
  fork: 'fork',
  variant: 'variant',
  kept: 'variant, gone on with',
  moved: 'moved to a newer crew',
};
