import type { Transaction } from 'sequelize';
import { belongingsOf } from '#workflows/graph/belongings.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { type CheckReferences, type MissingReference, missingReferences } from './missingReferences.ts';

/** Refuses to run a graph that names what its workspace does not have, or has no more. */
export async function checkReferences(check: CheckReferences, transaction: Transaction): Promise<void> {
  const missing = await missingReferences(check, transaction);
  refuse(
    missing.filter(({ problem }) => problem.severity === 'error'),
    'crew.problems',
  );
}

export interface CheckNewReferences extends CheckReferences {
  /** As it is stored; null for what is new. */
  readonly before: CrewGraph | null;
  readonly code?: ErrorCode;
}

/**
 * Refuses to save what names anything anew that its workspace does not have. What was named before and is gone by now
 * keeps nobody from saving the rest: it stays a problem of the draft.
 */
export async function checkNewReferences(
  { before, code = 'crew.problems', ...check }: CheckNewReferences,
  transaction: Transaction,
): Promise<void> {
  const known = new Set(before ? belongingsOf(before).map(keyOf) : []);
  const missing = await missingReferences(check, transaction);
  refuse(
    missing.filter((each) => !known.has(keyOf(each))),
    code,
  );
}

const keyOf = ({ kind, id }: Pick<MissingReference, 'kind' | 'id'>): string => `${kind} ${id}`;

function refuse(missing: readonly MissingReference[], code: ErrorCode): void {
  if (missing.length === 0) return;
  const problems = missing.map(({ problem }) => ({ ...problem, severity: 'error' as const }));
  throw new AppError(code, 'Something that is named here does not exist in this workspace.', { problems });
}
