import { TopBar } from '../../../shell/TopBar.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import styles from './DataPage.module.css';
import { DeletionCard } from './DeletionCard.tsx';
import { ExportCard } from './ExportCard.tsx';

/** What is kept of a person: to be taken along, and to be removed. */
export function DataPage() {
  useTitle('Your data');
  return (
    <>
      <TopBar title="Your data" />
      <div className="scroll">
        <div className={styles.cards}>
          <ExportCard />
          <DeletionCard />
        </div>
      </div>
    </>
  );
}
