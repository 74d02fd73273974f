import { Navigate, Outlet, useLocation } from 'react-router';
import { useAccount } from '../session.ts';
import { FailedScreen, LoadingScreen } from '../ui/Screen.tsx';
import { WorkspaceGate } from '../workspace/WorkspaceGate.tsx';
import type { Account } from './AccountMenu.tsx';
import styles from './AppShell.module.css';
import { GuestBanner } from './GuestBanner.tsx';
import { Overlays } from './Overlays.tsx';
import { Rail } from './Rail.tsx';
import { StoppedBanner } from './stops/StoppedBanner.tsx';
import { UnverifiedBanner } from './UnverifiedBanner.tsx';

/** Rail on the left (below, on a phone), the page beside it. Nobody gets in without a session. */
export function AppShell() {
  const account = useAccount();
  const { pathname, search } = useLocation();
  if (account.isPending) return <LoadingScreen title="Opening the house" />;
  if (account.isError)
    return (
      <FailedScreen
        title="The house is closed for a moment"
        error={account.error}
        onRetry={() => account.refetch()}
      />
    );
  if (!account.data) return <Navigate to="/login" replace state={{ from: pathname + search }} />;
  return (
    <WorkspaceGate>
      <div className={styles.app}>
        <a className={styles.skip} href="#main">
          Skip to content
        </a>
        <Rail account={account.data} />
        <div className={styles.stage}>
          <Banner user={account.data.user} />
          <StoppedBanner />
          <main id="main" className={styles.main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <Overlays />
      </div>
    </WorkspaceGate>
  );
}

/** What an account lacks to be a whole one. */
function Banner({ user }: { readonly user: Account['user'] }) {
  if (user.isGuest) return <GuestBanner />;
  return user.isVerified ? null : <UnverifiedBanner email={user.email} />;
}
