import { Navigate, useLocation } from 'react-router';
import { useAccount } from '../../session.ts';
import { LoadingScreen } from '../../ui/Screen.tsx';
import { Door } from './Door.tsx';
import { Prologue } from './Prologue.tsx';
import styles from './WelcomePage.module.css';

interface WelcomePageProps {
  readonly form: 'login' | 'signup';
  /** The first page somebody sees: trying comes before signing in. */
  readonly isHome?: boolean;
}

/** The door: what this is, and the ways in. Guests may come back to it to sign up. */
export function WelcomePage({ form, isHome = false }: WelcomePageProps) {
  const account = useAccount();
  const from = useReturnPath();
  if (account.isPending) return <LoadingScreen title="Opening the house" />;
  const user = account.data?.user;
  const isSigningUpAsGuest = user?.isGuest === true && form === 'signup';
  if (user && !isSigningUpAsGuest) return <Navigate to={from} replace />;
  return (
    <main className={styles.page}>
      <Prologue />
      <Door key={form} form={form} isGuest={isSigningUpAsGuest} isHome={isHome} />
    </main>
  );
}

/** Where somebody was going when the door stopped them. */
function useReturnPath(): string {
  const state: unknown = useLocation().state;
  const from = state && typeof state === 'object' && 'from' in state ? state.from : undefined;
  return typeof from === 'string' && from.startsWith('/') && !from.startsWith('//') ? from : '/crews';
}
