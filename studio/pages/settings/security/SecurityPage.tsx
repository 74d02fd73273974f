import { TopBar } from '../../../shell/TopBar.tsx';
import { Cards } from '../../../ui/Card.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { DevicesCard } from './DevicesCard.tsx';
import { TwoStepCard } from './TwoStepCard.tsx';

/** How the account is protected, and where it is open. */
export function SecurityPage() {
  useTitle('Security');
  return (
    <>
      <TopBar title="Security" />
      <Cards>
        <TwoStepCard />
        <DevicesCard />
      </Cards>
    </>
  );
}
