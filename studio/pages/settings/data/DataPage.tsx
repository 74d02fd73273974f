import { TopBar } from '../../../shell/TopBar.tsx';
import { Cards } from '../../../ui/Card.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { DeletionCard } from './DeletionCard.tsx';
import { ExportCard } from './ExportCard.tsx';

/** What is kept of a person: to be taken along, and to be removed. */
export function DataPage() {
  useTitle('Your data');
  return (
    <>
      <TopBar title="Your data" />
      <Cards>
        <ExportCard />
        <DeletionCard />
      </Cards>
    </>
  );
}
