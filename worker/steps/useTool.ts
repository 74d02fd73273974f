import { QueryTypes, type Transaction } from 'sequelize';
import { Contents, loadTexts } from '#api/database/ledger/contents.ts';
import { toolRequestHash } from '#api/database/ledger/requestHash.ts';
import type { StoredRequest, StoredResponse } from '#api/database/ledger/stored.ts';
import type { StepOutcome, UseToolInput } from '#workflows/activities.ts';
import { runTool } from '../tools/tools.ts';
import { performStep } from './performStep.ts';
import type { Prepared, StepDependencies } from './work.ts';

/** One tool call of an answer. What the model did wrong becomes a text that it reads, not a failure. */
export const createUseTool =
  (dependencies: StepDependencies) =>
  (input: UseToolInput): Promise<StepOutcome> =>
    performStep(dependencies, input, {
      kind: 'tool',
      prepare: async ({ clock }, transaction) => prepare(dependencies, { input, clock, transaction }),
    });

interface Preparing {
  readonly input: UseToolInput;
  readonly clock: Date;
  readonly transaction: Transaction;
}

async function prepare(dependencies: StepDependencies, preparing: Preparing): Promise<Prepared> {
  const { input, clock } = preparing;
  const { call, given, offered } = await loadCall(dependencies, preparing);
  return {
    request: {
      kind: 'tool',
      model: null,
      tool: call.tool,
      request: {
        previousPath: input.askedBy,
        toolPaths: [],
        added: [],
        tools: [],
        temperature: null,
        maxTokens: null,
        arguments: call.arguments,
      },
      requestHash: toolRequestHash(call.tool, call.arguments),
      worstMicros: 0,
      contents: new Contents(),
    },
    perform: async ({ signal }) => {
      const { ok, text } = await runTool({
        name: call.tool,
        rawArguments: given,
        offered,
        context: { now: clock, signal },
      });
      return {
        text,
        toolCalls: [],
        finishReason: ok ? 'stop' : 'tool_error',
        inputTokens: null,
        outputTokens: null,
        costMicros: 0,
        outcome: { kind: 'done' },
        outputFile: null,
      };
    },
  };
}

/** The call as the model made it, from the step that asked. */
async function loadCall({ database }: StepDependencies, { input, transaction }: Preparing) {
  const [asked] = await database.query<{ request: StoredRequest; response: StoredResponse }>(
    `select request, response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
    { bind: [input.simulationId, input.askedBy], transaction, type: QueryTypes.SELECT },
  );
  const call = asked?.response.toolCalls[input.index];
  if (!asked || !call) throw new Error(`${input.askedBy} did not ask for tool ${input.index}`);
  const textOf = await loadTexts(database, transaction, [call.arguments]);
  return { call, given: textOf(call.arguments), offered: asked.request.tools };
}
