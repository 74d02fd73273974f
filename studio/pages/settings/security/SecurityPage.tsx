import { TopBar } from '../../../shell/TopBar.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { DevicesCard } from './DevicesCard.tsx';
import styles from './SecurityPage.module.css';
import { TwoStepCard } from './TwoStepCard.tsx';

/** How the account is protected, and where it is open. */
export function SecurityPage() {
  useTitle('Security');
  return (
    <>
      <TopBar title="Security" />
      <div className="scroll">
        <div className={styles.cards}>
          <TwoStepCard />
          <DevicesCard />
        </div>
      </div>
    </>
  );
}
