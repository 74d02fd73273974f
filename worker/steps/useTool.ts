import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { callState, toolRequestHash } from '#api/database/ledger/requestHash.ts';
import type { ForkRule } from '#api/database/ledger/reuse/ForkRule.ts';
import type { StepOutcome, UseToolInput } from '#workflows/activities.ts';
import { isCoworkerTool } from '#workflows/catalogue/coworkerTools.ts';
import type { ToolDeclaration } from '#workflows/catalogue/tools.ts';
import { skillsOf } from '#workflows/graph/crewSkills.ts';
import type { Skill } from '#workflows/graph/skill.ts';
import { handedOn } from '#workflows/names.ts';
import { NO_SUCH_COWORKER } from '#workflows/prompts/coworkers.ts';
import { credentialsOf } from '../credentials/SimulationCredentials.ts';
import type { LoadPlan } from '../plans.ts';
import type { Egress } from '../tools/egress/createEgress.ts';
import { findServerTool } from '../tools/mcp/serverTool.ts';
import type { ToolServers } from '../tools/mcp/ToolServers.ts';
import { nearestTool } from '../tools/nearestTool.ts';
import { readCall, runCall, type ToolCall, type ToolResult } from '../tools/runTool.ts';
import { simulationFiles } from '../tools/SimulationFiles.ts';
import { type StateReading, type ToolContext, ToolProblem } from '../tools/Tool.ts';
import type { Tools } from '../tools/tools.ts';
import { type AskedCall, loadAnswer, loadCall } from './askedCall.ts';
import { auditBlocked } from './auditBlocked.ts';
import { performStep } from './performStep.ts';
import { isRepeated, REPEATED, resultBefore } from './sameCall.ts';
import { prepareAnswer } from './toolAnswer.ts';
import type { Performed, Prepared, StepDependencies } from './work.ts';

export interface ToolDependencies extends StepDependencies {
  readonly loadPlan: LoadPlan;
  readonly tools: Tools;
  readonly servers: ToolServers;
  readonly egress: Egress;
}

/** One tool call of an answer. What the model did wrong becomes a text that it reads, not a failure. */
export const createUseTool =
  (dependencies: ToolDependencies) =>
  async (input: UseToolInput): Promise<StepOutcome> => {
    const skills = await skillsOfCaller(dependencies, input);
    return performStep(dependencies, input, {
      kind: 'tool',
      read: (transaction) => loadCall(input, transaction),
      prepare: (found, asked, transaction) =>
        prepare(dependencies, { input, found, asked, transaction, skills }),
    });
  };

/** Out of the plan, which stays in memory: their texts are in no history. */
async function skillsOfCaller(
  { loadPlan }: ToolDependencies,
  { workspaceId, crewVersionId, nodeId, scope }: UseToolInput,
): Promise<readonly Skill[]> {
  if (crewVersionId === undefined) return [];
  const plan = await loadPlan({ workspaceId, crewVersionId });
  // Of work that was handed on, the node is the agent.
  const agentId = handedOn(scope) ? nodeId : plan.tasks.find((task) => task.nodeId === nodeId)?.agentId;
  const agent = plan.agents.find((each) => each.nodeId === agentId);
  return agent ? skillsOf(plan, agent) : [];
}

interface Preparing {
  readonly input: UseToolInput;
  readonly found: Found;
  readonly asked: AskedCall;
  readonly transaction: LedgerTransaction;
  readonly skills: readonly Skill[];
}

async function prepare(dependencies: ToolDependencies, preparing: Preparing): Promise<Prepared> {
  const { input, found, asked, transaction, skills } = preparing;
  const { call, given, offered, isInText } = asked;
  const { tools, servers } = dependencies;
  const name = isInText ? nearestTool(call.tool, offered) : call.tool;
  const tool = offered.includes(name)
    ? (tools.get(name) ?? (await findServerTool(transaction, { servers, name })))
    : undefined;
  const others = isCoworkerTool(name) ? await turnedTo(preparing) : undefined;
  const understood =
    usedUpOf(input, name) ?? others ?? readCall(tool, { name, rawArguments: given, usable: offered });
  const state = others?.state ?? (await readState(understood, { ...input, transaction, skills }));
  const answering =
    input.answers && (await prepareAnswer(dependencies, { ...preparing, answers: input.answers }));
  const requestHash = toolRequestHash({
    tool: call.tool,
    // One that was not offered is refused, and still the same tool.
    version:
      (tool?.declaration.name === call.tool ? tool : tools.get(call.tool))?.declaration.version ?? null,
    given: call.arguments,
    state: callState(input, { read: state, checks: answering?.checks }),
  });
  const before = await knownResult({ input, asked, transaction, requestHash });
  return {
    outputFile: answering?.outputFile ?? null,
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
        ...(state !== undefined && { state }),
      },
      requestHash,
      worstMicros: 0,
      contents: new Contents(),
    },
    perform: async ({ signal }) => {
      if (before)
        return {
          ...NOTHING_PAID,
          ...before,
          ...(before.finishReason === 'cached' && answering?.read(before.text)),
        };
      const held = isHarmless(understood) ? null : heldBack(understood.tool.declaration, found.fork);
      const context = contextOf(dependencies, { input, found, skills, signal, state });
      const result = held ?? (await callWithoutSecrets(understood, context));
      const { ok, text, writes, isMisuse, blocked } = result;
      if (blocked) {
        const { reason, host } = blocked;
        log.warn('A tool was not let out', { tool: call.tool, path: input.path, reason });
        await auditBlocked(dependencies.ledger, input, { reason, host, tool: call.tool });
      }
      const isFailed = !ok && !isMisuse && !held && !('refused' in understood);
      return {
        text,
        writes,
        ...NOTHING_PAID,
        finishReason: ok ? 'stop' : 'tool_error',
        outcome: { kind: 'done', ...(isFailed && { isFailed: true }) },
        ...(ok && answering?.read(text)),
      };
    },
  };
}

/** A tool that has been used as often as it may be in its task. */
const usedUpOf = ({ usedUp }: UseToolInput, name: string): { refused: ToolResult } | null =>
  usedUp === undefined
    ? null
    : {
        refused: {
          ok: false,
          text: `The tool ${name} has been used ${usedUp} times, which is as often as it may be. Go on without it.`,
        },
      };

const NOTHING_PAID = { toolCalls: [], inputTokens: null, outputTokens: null, costMicros: 0 } as const;

interface Repeating extends Omit<Preparing, 'found' | 'skills'> {
  readonly requestHash: string;
}

/** What need not be done: the crew keeps results, or the model asks in words for what it has just been told. */
async function knownResult({
  input,
  asked,
  transaction,
  requestHash,
}: Repeating): Promise<Pick<Performed, 'text' | 'finishReason' | 'outcome'> | null> {
  const { simulationId, path } = input;
  if (await isRepeated(transaction, { simulationId, request: asked.request, call: asked.call }))
    return { text: REPEATED, finishReason: 'tool_error', outcome: { kind: 'done' } };
  if (!input.keepsResults) return null;
  const text = await resultBefore(transaction, { simulationId, path, requestHash });
  return text === null ? null : { text, finishReason: 'cached', outcome: { kind: 'done' } };
}

/** Of work that was handed on: the coworker's answer, and which it is; or that nobody could take it. */
async function turnedTo({
  input,
  transaction,
}: Preparing): Promise<{ refused: ToolResult; state?: unknown }> {
  const { simulationId, answeredAt } = input;
  if (answeredAt === undefined) return { refused: { ok: false, text: NO_SUCH_COWORKER } };
  const { stored, text } = await loadAnswer({ simulationId, path: answeredAt }, transaction);
  return { refused: { ok: true, text }, state: { answer: stored } };
}

/** What comes of a call holds nothing that was decrypted for it: servers repeat what they are sent. */
async function callWithoutSecrets(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  const { redact } = context.credentials;
  try {
    return redact(await runCall(call, context));
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    const { type, message, nonRetryable, nextRetryDelay } = error;
    throw ApplicationFailure.create({
      message: redact(message),
      ...(type != null && { type }),
      ...(nonRetryable != null && { nonRetryable }),
      ...(nextRetryDelay != null && { nextRetryDelay }),
    });
  }
}

/** Versions of what the call will read. Arguments of the wrong shape read nothing: the model is told when it runs. */
async function readState(call: ToolCall, reading: StateReading): Promise<unknown> {
  if ('refused' in call || !call.tool.readState) return undefined;
  try {
    return await call.tool.readState(call.args, reading);
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof ToolProblem) return undefined;
    throw error;
  }
}

interface Calling extends Pick<Preparing, 'input' | 'found' | 'skills'> {
  readonly signal: AbortSignal;
  readonly state: unknown;
}

function contextOf(
  { ledger, egress, credentials }: ToolDependencies,
  { input, found, skills, signal, state }: Calling,
): ToolContext {
  const { workspaceId, simulationId, nodeId, path } = input;
  return {
    workspaceId,
    simulationId,
    nodeId,
    path,
    now: found.clock,
    signal,
    egress,
    credentials: credentialsOf(credentials, input),
    files: simulationFiles(ledger, input),
    skills,
    state,
  };
}

/** Nothing will happen outside, or nothing that a fork should not repeat. */
const isHarmless = (call: ToolCall): call is Extract<ToolCall, { refused: ToolResult }> =>
  'refused' in call || call.tool.onlyReads?.(call.args) === true;

/** What a fork does instead of changing the outside world again, unless its user wants that. Null: go ahead. */
export function heldBack(
  tool: Pick<ToolDeclaration, 'title' | 'changesOutsideWorld'>,
  fork: Pick<ForkRule, 'sideEffects'> | null,
): ToolResult | null {
  if (!tool.changesOutsideWorld || !fork || fork.sideEffects === 'send') return null;
  return fork.sideEffects === 'simulate'
    ? { ok: true, text: `${tool.title}: done (simulated in this fork; nothing was sent).` }
    : { ok: false, text: `${tool.title}: skipped in this fork. Go on without it.` };
}
