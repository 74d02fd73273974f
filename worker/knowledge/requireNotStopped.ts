import { ApplicationFailure } from '@temporalio/common';
import type { Ledger } from '#api/database/Ledger.ts';
import { isStopped } from '#api/database/ledger/isStopped.ts';

/** Before each part of reading: when somebody has stopped the workspace, nothing more of a file is sent to anybody. */
export async function requireNotStopped(ledger: Ledger, workspaceId: string): Promise<void> {
  const isNow = await ledger.inWorkspace(workspaceId, (transaction) => isStopped(transaction, workspaceId));
  if (!isNow) return;
  throw ApplicationFailure.nonRetryable(
    'The workspace was stopped while this was read. Read it again when it goes on.',
    'workspace.stopped',
  );
}
