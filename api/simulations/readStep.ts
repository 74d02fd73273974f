import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import { loadConversation, type Message } from '../database/ledger/conversation.ts';
import type { StoredRequest, StoredResponse, StoredText } from '../database/ledger/stored.ts';
import { Step } from '../database/models/Step.ts';
import { notFound } from '../errors.ts';
import { endedSeq, presentStep } from './present.ts';
import type { GetStep, StepDetail } from './schema.ts';

type CallRow = Omit<StepDetail['calls'][number], 'startedAt' | 'endedAt'> & {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

/** A step opened: the prompt as it was sent, the answer as it came, and each request that was made for it. */
export function readStep(
  { database, caller }: MemberContext,
  { id: simulationId, path }: z.infer<typeof GetStep>,
): Promise<StepDetail> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const step = await Step.findOne({
      attributes: { include: [[...endedSeq]] },
      where: { workspaceId, simulationId, path },
      transaction,
    });
    if (!step) throw notFound('step');
    const { request, response } = step;
    const textOf = await loadTexts(transaction, textsOf(step));
    // What is kept in mind is asked of a model, too.
    const isModel = request !== null && (step.kind === 'model' || request.added.length > 0);
    const messages = isModel ? await readMessages(transaction, step, request) : [];
    return {
      ...presentStep(step),
      messages: messages.map(presentMessage),
      offeredTools: isModel ? [...request.tools] : [],
      toolArguments: request?.arguments ? textOf(request.arguments) : null,
      answer: response && answerOf(step, textOf(response.text)),
      toolCalls: response ? presentToolCalls(response, textOf) : [],
      finishReason: response?.finishReason ?? null,
      partial: step.partial,
      calls: await readCalls(database, transaction, { simulationId, path }),
    };
  });
}

async function readMessages(
  transaction: Transaction,
  { simulationId }: Step,
  continuation: StoredRequest,
): Promise<readonly Message[]> {
  return (await loadConversation(transaction, { simulationId, continuation })).messages;
}

function textsOf({ request, response }: Step): StoredText[] {
  const given = request?.arguments ? [request.arguments] : [];
  return response ? [...given, response.text, ...response.toolCalls.map((call) => call.arguments)] : given;
}

const presentMessage = ({ role, content, toolCalls = [] }: Message): StepDetail['messages'][number] => ({
  role,
  content,
  toolCalls: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
});

/** What people decide is not in the words that they may write beside it. */
function answerOf({ kind, outcome }: Step, text: string): string {
  if (kind !== 'person') return text;
  if (outcome?.kind === 'accepted') return 'Good as it is.';
  const isDecided = outcome?.kind === 'decided' && outcome.value !== 'feedback';
  return isDecided ? [outcome.value, text].filter(Boolean).join(': ') : text;
}

const presentToolCalls = ({ toolCalls }: StoredResponse, textOf: (text: StoredText) => string) =>
  toolCalls.map((call) => ({ name: call.tool, arguments: textOf(call.arguments) }));

async function readCalls(
  database: Sequelize,
  transaction: Transaction,
  { simulationId, path }: { simulationId: string; path: string },
): Promise<StepDetail['calls']> {
  const rows = await database.query<CallRow>(
    `select epoch, attempt, state, cost_micros as "costMicros", failure,
            started_at as "startedAt", ended_at as "endedAt"
     from calls where simulation_id = $1 and path = $2 order by epoch, attempt`,
    { bind: [simulationId, path], transaction, type: QueryTypes.SELECT },
  );
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
