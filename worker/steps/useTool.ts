import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents, loadTexts } from '#api/database/ledger/contents.ts';
import { toolRequestHash } from '#api/database/ledger/requestHash.ts';
import type { ForkRule } from '#api/database/ledger/reuse/ForkRule.ts';
import type { StoredRequest, StoredResponse, StoredToolCall } from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { StepOutcome, UseToolInput } from '#workflows/activities.ts';
import { findTool, type ToolDeclaration } from '#workflows/catalogue/tools.ts';
import { runTool } from '../tools/tools.ts';
import { performStep } from './performStep.ts';
import type { Prepared, StepDependencies } from './work.ts';

/** One tool call of an answer. What the model did wrong becomes a text that it reads, not a failure. */
export const createUseTool =
  (dependencies: StepDependencies) =>
  (input: UseToolInput): Promise<StepOutcome> =>
    performStep(dependencies, input, {
      kind: 'tool',
      read: (transaction) => loadCall(input, transaction),
      prepare: async (found, call) => prepare(input, found, call),
    });

function prepare(input: UseToolInput, found: Found, { call, given, offered }: AskedCall): Prepared {
  return {
    outputFile: null,
    closing: null,
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
      const held = heldBack(findTool(call.tool), found.fork);
      const { ok, text } =
        held ??
        (await runTool({
          name: call.tool,
          rawArguments: given,
          offered,
          context: { now: found.clock, signal },
        }));
      return {
        text,
        toolCalls: [],
        finishReason: ok ? 'stop' : 'tool_error',
        inputTokens: null,
        outputTokens: null,
        costMicros: 0,
        outcome: { kind: 'done' },
      };
    },
  };
}

/** What a fork does instead of changing the outside world again, unless its user wants that. Null: go ahead. */
export function heldBack(
  tool: Pick<ToolDeclaration, 'title' | 'changesOutsideWorld'> | undefined,
  fork: Pick<ForkRule, 'sideEffects'> | null,
): { ok: boolean; text: string } | null {
  if (!tool?.changesOutsideWorld || !fork || fork.sideEffects === 'send') return null;
  return fork.sideEffects === 'simulate'
    ? { ok: true, text: `${tool.title}: done (simulated in this fork; nothing was sent).` }
    : { ok: false, text: `${tool.title}: skipped in this fork. Go on without it.` };
}

interface AskedCall {
  readonly call: StoredToolCall;
  /** Its arguments as the model wrote them. */
  readonly given: string;
  /** Names of the tools it could choose among. */
  readonly offered: readonly string[];
}

/** The call as the model made it, from the step that asked. */
async function loadCall(input: UseToolInput, transaction: LedgerTransaction): Promise<AskedCall> {
  const [asked] = await transaction.run<{ request: StoredRequest; response: StoredResponse }>(ASKED, [
    input.simulationId,
    input.askedBy,
  ]);
  const call = asked?.response.toolCalls[input.index];
  if (!asked || !call) throw new Error(`${input.askedBy} did not ask for tool ${input.index}`);
  const textOf = await loadTexts(transaction, [call.arguments]);
  return { call, given: textOf(call.arguments), offered: asked.request.tools };
}

const ASKED: PreparedStatement = {
  name: 'steps.asked',
  text: `select request, response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
