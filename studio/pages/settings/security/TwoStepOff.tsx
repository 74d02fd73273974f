import { Button } from '@mui/material';
import { ShieldCheck } from 'lucide-react';
import type { Prepared } from './SetUpDialog.tsx';
import { useTwoStepCommands } from './useSecurityCommands.ts';

export function TwoStepOff({ onPrepared }: { readonly onPrepared: (prepared: Prepared) => void }) {
  const { prepare } = useTwoStepCommands();
  return (
    <Button
      variant="contained"
      color="primary"
      disabled={prepare.isPending}
      onClick={() => prepare.mutate(undefined, { onSuccess: onPrepared })}
    >
      <ShieldCheck aria-hidden />
      Turn it on
    </Button>
  );
}
