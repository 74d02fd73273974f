import { lazy, Suspense } from 'react';
import { useConfirmation } from './confirmation.ts';

const ConfirmDialog = lazy(async () => ({
  default: (await import('./PasswordDialog.tsx')).PasswordDialog,
}));

/** Shown above whatever asked for something that needs a password given lately. */
export function Confirmation() {
  const answer = useConfirmation((state) => state.answer);
  return <Suspense>{answer && <ConfirmDialog onAnswer={answer} />}</Suspense>;
}
