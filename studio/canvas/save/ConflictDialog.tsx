import { Button } from '@mui/material';
import { useState } from 'react';
import { problemOf } from '../../problem.ts';
import { Modal } from '../../ui/Modal.tsx';
import { useSaving } from './SaveContext.ts';

/** Somebody else saved the same meanwhile. Nothing is lost, whichever way this is decided. */
export function ConflictDialog({ what }: { readonly what: 'crew' | 'agent' }) {
  const { state, loadTheirs, keepMineAsCopy } = useSaving();
  const [problem, setProblem] = useState<string>();
  if (state !== 'conflict') return null;
  const attempt = (act: () => Promise<void>) => () => {
    setProblem(undefined);
    act().catch((error: unknown) => setProblem(problemOf(error).message));
  };
  return (
    <Modal
      title={`Somebody else changed this ${what}`}
      actions={
        <>
          <Button onClick={attempt(loadTheirs)}>Load theirs</Button>
          <Button variant="contained" color="primary" onClick={attempt(keepMineAsCopy)}>
            Keep mine as a copy
          </Button>
        </>
      }
    >
      <p className="muted">
        It was saved from another tab or by another person since you opened it. Keep yours as{' '}
        {what === 'crew' ? 'a crew' : 'an agent'} of its own, or go on with theirs and drop what you changed
        here.
      </p>
      {problem && <p role="alert">{problem}</p>}
    </Modal>
  );
}
