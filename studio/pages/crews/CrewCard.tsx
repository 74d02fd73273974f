import type { inferRouterOutputs } from '@trpc/server';
import { TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { Cast } from '../../ui/Cast.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { formatWhen, plural } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import styles from './CrewCard.module.css';
import { CrewMenu } from './CrewMenu.tsx';

export type CrewSummary = inferRouterOutputs<AppRouter>['crews']['list']['items'][number];

/** A crew in the list: its cast first, then what it is and how it last did. */
export function CrewCard({ crew }: { readonly crew: CrewSummary }) {
  return (
    <li className={`card ${styles.crew}`} data-testid="crew-card">
      <div className={styles.head}>
        <Cast names={crew.agents} size={38} most={5} />
        <CrewMenu crew={crew} />
      </div>
      <h2>
        <Link to={`/crews/${crew.id}/edit`} className={styles.name}>
          {crew.name}
        </Link>
      </h2>
      <p className={styles.about}>{crew.description || describe(crew)}</p>
      <footer className={styles.foot}>
        <LastSimulation crew={crew} />
        <span className="grow" />
        <span className="mono faint">{formatWhen(crew.updatedAt)}</span>
      </footer>
    </li>
  );
}

const describe = (crew: CrewSummary) =>
  `${plural(crew.agents.length, 'agent')}, ${plural(crew.taskCount, 'task')}.`;

function LastSimulation({ crew }: { readonly crew: CrewSummary }) {
  const { lastSimulation, problemCount } = crew;
  if (lastSimulation) {
    return (
      <Link to={`/simulations/${lastSimulation.id}`} className={styles.last} title="Open the last simulation">
        <StatusChip status={lastSimulation.status} />
      </Link>
    );
  }
  if (problemCount > 0) {
    return (
      <Chip tone="wait" icon={TriangleAlert}>
        {plural(problemCount, 'thing')} to fix
      </Chip>
    );
  }
  return <Chip>Not run yet</Chip>;
}
