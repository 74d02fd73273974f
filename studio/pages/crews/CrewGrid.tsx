import { CardGrid } from '../../ui/LinkCard.tsx';
import { CrewCard, type CrewSummary } from './CrewCard.tsx';
import { SampleShelf } from './SampleShelf.tsx';

interface CrewGridProps {
  readonly crews: readonly CrewSummary[];
  /** Samples below the crews. */
  readonly hasShelf: boolean;
  readonly onMore: (() => void) | undefined;
}

export const CrewGrid = ({ crews, hasShelf, onMore }: CrewGridProps) => (
  <CardGrid onMore={onMore} below={hasShelf && <SampleShelf besides={crews.map(({ name }) => name)} />}>
    {crews.map((crew) => (
      <CrewCard key={crew.id} crew={crew} />
    ))}
  </CardGrid>
);
