import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Contents } from '#api/database/ledger/contents.ts';
import type { NewQuestion } from '#api/database/ledger/questions/NewQuestion.ts';
import type { StoredRequest } from '#api/database/ledger/stored.ts';
import type { AskInput } from '#workflows/activities.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { Known } from '../Known.ts';
import { scopeInputs } from '../scopeValues.ts';

export interface Asking {
  readonly input: AskInput;
  readonly plan: Plan;
  readonly known: Known;
  readonly inputs: Readonly<Record<string, string>>;
  readonly transaction: LedgerTransaction;
}

/** What people are asked, before it is put to them. */
export interface Composed {
  readonly question: NewQuestion;
  readonly contents: Contents;
  /** Of an answer that is read: the name that it is kept under when it is accepted. */
  readonly outputFile?: string | null;
}

/** Placeholders of texts, as they are where the step is done. */
export function fillable({ known, input, plan, inputs, transaction }: Asking) {
  const { simulationId, scope, events } = input;
  return scopeInputs(known, { simulationId, scope, plan, inputs, riding: events }, transaction);
}

export const personRequest = (
  asked: NonNullable<StoredRequest['arguments']>,
  previousPath: string | null = null,
): StoredRequest => ({
  previousPath,
  toolPaths: [],
  added: [],
  tools: [],
  temperature: null,
  maxTokens: null,
  arguments: asked,
});
