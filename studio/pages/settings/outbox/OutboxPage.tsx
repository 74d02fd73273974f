import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { TopBar } from '../../../shell/TopBar.tsx';
import { trpc } from '../../../trpc.ts';
import { formatMoment, formatWhen } from '../../../ui/formats.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import styles from './OutboxPage.module.css';

/** Mails that agents wrote while no mail server is set up: to be read here, and sent to nobody. */
export function OutboxPage() {
  useTitle('Outbox');
  return (
    <>
      <TopBar title="Outbox" />
      <Mails />
    </>
  );
}

function Mails() {
  const mails = useQuery(trpc.mails.list.queryOptions());
  if (mails.isPending) return <LoadingScreen title="Looking for mail" />;
  if (mails.isError)
    return (
      <FailedScreen
        title="The outbox could not be loaded"
        error={mails.error}
        onRetry={() => mails.refetch()}
      />
    );
  const { items } = mails.data;
  if (items.length === 0)
    return (
      <Screen face="Postman" index={1} title="No mail is waiting">
        When an agent sends a mail and no mail server is set up, it is kept here and goes to nobody.
      </Screen>
    );
  return (
    <div className="scroll">
      <ul className={styles.list}>
        {items.map(({ simulationId, to, subject, text, createdAt }) => (
          <li key={`${simulationId}${createdAt}`}>
            <header>
              <h2>{subject}</h2>
              <Link to={`/simulations/${simulationId}`} title={formatMoment(createdAt)}>
                written {formatWhen(createdAt)}
              </Link>
            </header>
            <p className={styles.to}>To {to.join(', ')}</p>
            <p className={styles.text}>{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
