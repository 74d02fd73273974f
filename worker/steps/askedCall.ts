import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { loadTexts } from '#api/database/ledger/contents.ts';
import type {
  StoredRequest,
  StoredResponse,
  StoredText,
  StoredToolCall,
} from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { UseToolInput } from '#workflows/activities.ts';

export interface AskedCall {
  readonly call: StoredToolCall;
  /** Its arguments as the model wrote them. */
  readonly given: string;
  /** Names of the tools it could choose among. */
  readonly offered: readonly string[];
  /** It was asked for in words. */
  readonly isInText: boolean;
  /** In which it was asked for. */
  readonly request: StoredRequest;
}

/** A call as the model made it, from the step that asked. */
export async function loadCall(
  { simulationId, askedBy, index }: Pick<UseToolInput, 'simulationId' | 'askedBy' | 'index'>,
  transaction: LedgerTransaction,
): Promise<AskedCall> {
  const asked = await finished(transaction, simulationId, askedBy);
  const call = asked?.response.toolCalls[index];
  if (!asked || !call) throw new Error(`${askedBy} did not ask for tool ${index}`);
  const textOf = await loadTexts(transaction, [call.arguments]);
  const { request } = asked;
  return {
    call,
    given: textOf(call.arguments),
    offered: request.tools,
    isInText: request.inText ?? false,
    request,
  };
}

/** What a step answered: where it is stored, and in full. */
export async function loadAnswer(
  { simulationId, path }: { simulationId: string; path: string },
  transaction: LedgerTransaction,
): Promise<{ stored: StoredText; text: string }> {
  const step = await finished(transaction, simulationId, path);
  if (!step) throw new Error(`Step ${path} is not in the ledger`);
  const stored = step.response.text;
  const textOf = await loadTexts(transaction, [stored]);
  return { stored, text: textOf(stored) };
}

async function finished(transaction: LedgerTransaction, simulationId: string, path: string) {
  const rows = await transaction.run<{ request: StoredRequest; response: StoredResponse }>(FINISHED, [
    simulationId,
    path,
  ]);
  return rows[0];
}

const FINISHED: PreparedStatement = {
  name: 'steps.asked',
  text: `select request, response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
