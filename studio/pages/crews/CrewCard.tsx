import type { inferRouterOutputs } from '@trpc/server';
import { TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { Cast } from '../../ui/Cast.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { plural } from '../../ui/formats.ts';
import { LinkCard } from '../../ui/LinkCard.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { May } from '../../workspace/May.tsx';
import styles from './CrewCard.module.css';
import { CrewMenu } from './CrewMenu.tsx';

export type CrewSummary = inferRouterOutputs<AppRouter>['crews']['list']['items'][number];

/** A crew in the list: its cast first, then what it is and how it last did. */
export const CrewCard = ({ crew }: { readonly crew: CrewSummary }) => (
  <LinkCard
    to={`/crews/${crew.id}/edit`}
    title={crew.name}
    head={
      <>
        <Cast names={crew.agents} size={38} most={5} />
        <May action="edit">
          <CrewMenu crew={crew} />
        </May>
      </>
    }
    about={crew.description || describe(crew)}
    state={<LastSimulation crew={crew} />}
    changedAt={crew.updatedAt}
    testId="crew-card"
  />
);

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
