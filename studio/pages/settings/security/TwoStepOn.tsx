import { Button } from '@mui/material';
import { useState } from 'react';
import { formatMoment, plural } from '../../../ui/formats.ts';
import styles from './SecurityPage.module.css';
import { TurnOffDialog } from './TurnOffDialog.tsx';
import { type SecondFactor, useTwoStepCommands } from './useSecurityCommands.ts';

interface TwoStepOnProps {
  readonly factor: SecondFactor;
  readonly onCodes: (codes: readonly string[]) => void;
}

export function TwoStepOn({ factor, onCodes }: TwoStepOnProps) {
  const [isTurningOff, setIsTurningOff] = useState(false);
  const { renewCodes } = useTwoStepCommands();
  return (
    <>
      <p>
        {factor.enabledAt && `On since ${formatMoment(factor.enabledAt)}. `}
        {factor.recoveryCodesLeft === 0
          ? 'You have no recovery code left: get new ones before your phone is lost.'
          : `You have ${plural(factor.recoveryCodesLeft, 'recovery code')} left.`}
      </p>
      <div className={styles.acts}>
        <Button
          disabled={renewCodes.isPending}
          onClick={() =>
            renewCodes.mutate(undefined, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })
          }
        >
          Get new recovery codes
        </Button>
        <Button onClick={() => setIsTurningOff(true)}>Turn it off</Button>
      </div>
      {isTurningOff && <TurnOffDialog onClose={() => setIsTurningOff(false)} />}
    </>
  );
}
