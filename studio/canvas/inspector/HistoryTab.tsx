import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { trpc } from '../../trpc.ts';
import { formatDuration, formatMoney, formatWhen } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { useCrew } from '../CrewContext.ts';
import styles from './HistoryTab.module.css';

/** The simulations of this crew, last first. */
export function HistoryTab() {
  const crew = useCrew();
  const simulations = useQuery(trpc.simulations.list.queryOptions({ crewId: crew.id, limit: 10 }));
  if (simulations.isPending) return <p className="faint">Reading</p>;
  if (simulations.isError) return <p className="muted">The history could not be read.</p>;
  const { items } = simulations.data;
  if (items.length === 0) return <p className="faint">Not run yet.</p>;
  return (
    <ul className={styles.history}>
      {items.map(({ id, status, createdAt, startedAt, endedAt, totals }) => (
        <li key={id}>
          <Link to={`/simulations/${id}`}>
            <StatusChip status={status} />
            <span className="grow">{formatWhen(createdAt)}</span>
            <span className="mono faint">
              {startedAt && endedAt && formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}{' '}
              {formatMoney(totals.costMicros)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
