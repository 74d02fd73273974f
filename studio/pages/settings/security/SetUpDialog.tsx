import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { CodeField } from '../../../ui/CodeField.tsx';
import { Modal } from '../../../ui/Modal.tsx';
import { QrCode } from './QrCode.tsx';
import styles from './SecurityPage.module.css';
import { useTwoStepCommands } from './useSecurityCommands.ts';

export interface Prepared {
  readonly secret: string;
  /** What apps read out of the picture. */
  readonly uri: string;
}

interface SetUpDialogProps {
  readonly prepared: Prepared;
  readonly onEnabled: (recoveryCodes: readonly string[]) => void;
  readonly onClose: () => void;
}

/** From a picture to a first code. */
export function SetUpDialog({ prepared: { secret, uri }, onEnabled, onClose }: SetUpDialogProps) {
  const formId = useId();
  const [code, setCode] = useState('');
  const { enable } = useTwoStepCommands();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    enable.mutate({ code }, { onSuccess: ({ recoveryCodes }) => onEnabled(recoveryCodes) });
  };
  return (
    <Modal
      title="Turn two-step login on"
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={code.trim() === '' || enable.isPending}
          >
            Turn it on
          </Button>
        </>
      }
    >
      <div className={styles.setUp}>
        <QrCode text={uri} label="Picture for your app to scan" />
        <form id={formId} onSubmit={handleSubmit}>
          <ol>
            <li>Open an app for codes on your phone and add an account.</li>
            <li>
              Scan the picture, or type <span className={`mono ${styles.secret}`}>{inGroups(secret)}</span>
            </li>
            <li>Enter the code that it shows.</li>
          </ol>
          <CodeField
            value={code}
            onChange={setCode}
            problem={enable.error ? problemOf(enable.error).message : undefined}
          />
        </form>
      </div>
    </Modal>
  );
}

/** As people type it. Apps take it with spaces. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;
