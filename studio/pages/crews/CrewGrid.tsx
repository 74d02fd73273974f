import { Button } from '@mui/material';
import { CrewCard, type CrewSummary } from './CrewCard.tsx';
import styles from './CrewGrid.module.css';

interface CrewGridProps {
  readonly crews: readonly CrewSummary[];
  readonly onMore: (() => void) | undefined;
}

export const CrewGrid = ({ crews, onMore }: CrewGridProps) => (
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
  </div>
);
