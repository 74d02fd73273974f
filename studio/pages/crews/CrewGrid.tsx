import { Button } from '@mui/material';
import { CrewCard, type CrewSummary } from './CrewCard.tsx';
import styles from './CrewGrid.module.css';
import { SampleShelf } from './SampleShelf.tsx';

interface CrewGridProps {
  readonly crews: readonly CrewSummary[];
  /** Samples below the crews. */
  readonly hasShelf: boolean;
  readonly onMore: (() => void) | undefined;
}

export const CrewGrid = ({ crews, hasShelf, onMore }: CrewGridProps) => (
  <div className="scroll">
    <ul className={styles.grid}>
      {crews.map((crew) => (
        <CrewCard key={crew.id} crew={crew} />
      ))}
    </ul>
    {onMore && (
      <div className={styles.more}>
        <Button onClick={onMore}>Show more</Button>
      </div>
    )}
    {hasShelf && <SampleShelf besides={crews.map(({ name }) => name)} />}
  </div>
);
