import { useQuery } from '@tanstack/react-query';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatCount } from '../../ui/formats.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Admin.module.css';
import { ListBody } from './ListBody.tsx';

const LOOK_EVERY_MS = 5_000;

/** Whether everything that is needed answers, and how much is under way. */
export function HealthPage() {
  useTitle('Health');
  const health = useQuery({ ...trpc.admin.health.queryOptions(), refetchInterval: LOOK_EVERY_MS });
  const { data } = health;
  return (
    <>
      <TopBar title="Health" />
      <ListBody what="everything" query={health} isEmpty={false} empty="">
        {data && (
          <dl className={styles.health}>
            <dt>Engine</dt>
            <dd>
              <Chip tone={data.engine ? 'ok' : 'fail'}>{data.engine ? 'Answers' : 'Does not answer'}</Chip>
            </dd>
            <Figure label="Waiting to start" value={data.queued} />
            <Figure label="Running" value={data.running} />
            <Figure label="Waiting" value={data.waiting} />
            <Figure label="Failed in the last 24 hours" value={data.failedToday} />
            <Figure label="Stopped workspaces" value={data.stoppedWorkspaces} />
          </dl>
        )}
      </ListBody>
    </>
  );
}

const Figure = ({ label, value }: { readonly label: string; readonly value: number }) => (
  <>
    <dt>{label}</dt>
    <dd className="mono">{formatCount(value)}</dd>
  </>
);
