import type { User } from '../database/models/User.ts';
import { AppError } from '../errors.ts';

/** Whoever has shown who they are may hear why the account is closed; nobody else learns that it exists. */
export function refuseClosed({ deletionDueAt, disabledAt }: User): void {
  if (deletionDueAt) {
    throw new AppError(
      'user.leaving',
      'This account is being deleted. The link in the mail that we sent keeps it.',
      { dueAt: deletionDueAt.toISOString() },
    );
  }
  if (disabledAt) throw new AppError('user.disabled', 'An administrator has disabled this account.');
}
