import { AppError } from '../../errors.ts';

/** The sentence with which a file is refused. Fails when it is not, or for another reason. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'crew.unreadable') return error.message;
    throw error;
  }
  throw new Error('It was not refused');
}
