import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { loadTexts } from '#api/database/ledger/contents.ts';
import type { StoredRequest, StoredResponse, StoredToolCall } from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';

interface Same {
  readonly simulationId: string;
  readonly path: string;
  readonly requestHash: string;
}

/** What the same call brought before in this simulation (CrewAI's cache); null when it was not made, or failed. */
export async function resultBefore(transaction: LedgerTransaction, same: Same): Promise<string | null> {
  const values = [same.simulationId, same.requestHash, same.path];
  const [row] = await transaction.run<{ response: StoredResponse }>(BEFORE, values);
  if (!row) return null;
  const { text } = row.response;
  return (await loadTexts(transaction, [text]))(text);
}

/** Whether a model that asks in words has asked for the very same in its turn before. */
export async function isRepeated(
  transaction: LedgerTransaction,
  { simulationId, request, call }: { simulationId: string; request: StoredRequest; call: StoredToolCall },
): Promise<boolean> {
  if (!request.inText || request.previousPath === null) return false;
  const [row] = await transaction.run<{ response: StoredResponse }>(AT, [simulationId, request.previousPath]);
  const before = row?.response.toolCalls[0];
  return before?.tool === call.tool && JSON.stringify(before.arguments) === JSON.stringify(call.arguments);
}

export const REPEATED =
  'You have just called this tool with the same arguments. Its result would be the same: go another way, or give your ' +
  'final answer.';

const BEFORE: PreparedStatement = {
  name: 'steps.sameCall',
  text: `
select response from steps
where simulation_id = $1 and kind = 'tool' and request_hash = $2 and path <> $3 and state = 'completed'
  and response ->> 'finishReason' in ('stop', 'cached')
order by ended_at limit 1`,
};

const AT: PreparedStatement = {
  name: 'steps.responseAt',
  text: `select response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
