import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents, loadTexts } from '#api/database/ledger/contents.ts';
import { loadConversation, type Message } from '#api/database/ledger/conversation.ts';
import type { FinalAnswer } from '#api/database/ledger/finalAnswers.ts';
import { modelRequestHash } from '#api/database/ledger/requestHash.ts';
import { answerChecks } from '#api/database/ledger/requests/answerChecks.ts';
import type { ComposedRequest } from '#api/database/ledger/requests/Composing.ts';
import { composeRequest, coworkersOf } from '#api/database/ledger/requests/composeRequest.ts';
import { type NamedStep, textIn } from '#api/database/ledger/requests/stepTexts.ts';
import { outputFileOf } from '#api/database/ledger/reuse/outputFileOf.ts';
import type { StoredText } from '#api/database/ledger/stored.ts';
import type { ThinkInput } from '#workflows/activities.ts';
import { defaultMaxTokens, worstCostMicros } from '#workflows/catalogue/prices.ts';
import { speaksSchema } from '#workflows/catalogue/structuredOutput.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { handedOn } from '#workflows/names.ts';
import type { Order } from '#workflows/prompts/coworkers.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import { scopeInputs } from '../scopeValues.ts';
import type { ThinkDependencies } from '../think.ts';
import type { Prepared } from '../work.ts';
import { chooseModel, refusedSchema } from './chooseModel.ts';
import { sendRequest } from './sendRequest.ts';

/** CrewAI's max_steps. */
const MOST_PLANNED = 20;

export interface Scene {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  /** Of work that was handed on: what was said of it, where it is needed. */
  readonly order?: Order | undefined;
}

export interface Preparing {
  readonly input: ThinkInput;
  readonly scene: Scene;
  readonly found: Found;
  readonly context: ReadonlyMap<string, FinalAnswer>;
  readonly steps: ReadonlyMap<string, NamedStep>;
  /** What the crew's planner wrote for the task. */
  readonly crewPlan: string | undefined;
  readonly transaction: LedgerTransaction;
}

/** A request to a model: composed from references, priced, and ready to be sent. */
export async function prepareThink(dependencies: ThinkDependencies, preparing: Preparing): Promise<Prepared> {
  const { input, scene, found, transaction } = preparing;
  const { simulationId, previousPath, toolPaths, inText, ask } = input;
  const { scope, events: riding } = input;
  const reading = { simulationId, scope, plan: scene.plan, inputs: found.inputs, riding };
  const inputs = await scopeInputs(dependencies.known, reading, transaction);
  const contents = new Contents();
  const { added, tools, settings } = await compose(preparing, inputs, contents);
  const continuation = { previousPath, toolPaths, added, ...(inText && { inText }) };
  const { messages, previous } = await loadConversation(transaction, {
    simulationId,
    continuation,
    known: contents,
  });
  const { model, patience } = await chooseModel(transaction, {
    step: input,
    models: settings.models,
    retries: scene.agent.maxRetries,
  });
  const { temperature, maxTokens, schema } = settings;
  const isTrial = schema !== undefined && !speaksSchema(model, schema);
  const isRefused = isTrial && (await refusedSchema(transaction, input));
  const [looksAt, before] = [await answerLookedAt(preparing), await textBefore(preparing)];
  const { promptVersion, tools: brought } = scene.plan;
  const checks = answerChecks({ task: scene.task, inputs, what: input });
  return {
    outputFile: outputFileOf({ task: scene.task, inputs }),
    closing: input.closing ?? null,
    patience,
    ...turnOf(scene, simulationId),
    ...(looksAt && { accepts: { path: looksAt.path, stored: looksAt.stored } }),
    request: {
      kind: 'model',
      model,
      tool: null,
      request: { ...continuation, tools, temperature, maxTokens, ...(ask && { ask: ask.kind }) },
      requestHash: modelRequestHash({ promptVersion, settings, tools, brought, previous, added, checks }),
      worstMicros: worstOf(settings.models, lengthOf(messages), maxTokens),
      contents,
    },
    perform: (io) =>
      sendRequest(dependencies, {
        step: input,
        model,
        patience,
        messages,
        tools,
        brought,
        settings: isRefused ? { ...settings, schema: undefined } : settings,
        isTrial: isTrial && !isRefused,
        io,
        reading: {
          task: scene.task,
          what: input,
          inputs,
          coworkers: coworkersOf(scene.plan, scene.task, inputs),
          isHandedOn: handedOn(input.scope) !== null,
          goesOn: scene.plan.settings?.compat === undefined,
          maxSteps: scene.agent.planning?.maxSteps ?? MOST_PLANNED,
          before,
          looksAt,
        },
        respectsWindow: scene.agent.respectContextWindow !== false,
      }),
  };
}

async function compose(
  preparing: Preparing,
  inputs: ReadonlyMap<string, string>,
  contents: Contents,
): Promise<ComposedRequest> {
  const { input, scene, found, context, steps, crewPlan } = preparing;
  const answers = new Map<string, StoredText>();
  for (const [nodeId, { stored, text }] of context) {
    answers.set(nodeId, stored);
    if ('ref' in stored) contents.know(stored.ref, text);
  }
  const leftOut = new Set(contextTasks(scene.plan, scene.task).filter((id) => !context.has(id)));
  const { ask } = input;
  const conversation = ask?.kind === 'summary' ? await conversationOf(preparing, ask.of) : undefined;
  return composeRequest({
    ...scene,
    inputs,
    clock: found.clock,
    what: input,
    answers,
    leftOut,
    crewPlan,
    stepText: textIn(steps),
    contents,
    conversation,
  });
}

/** Everything that was said, but for who the agent is: that is told again. */
async function conversationOf({ input, steps, transaction }: Preparing, path: string): Promise<string> {
  const { simulationId } = input;
  const continuation = steps.get(path)?.request;
  if (!continuation) throw new Error(`Step ${path} is not in the ledger`);
  const { messages } = await loadConversation(transaction, { simulationId, continuation });
  return messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content, toolCalls = [] }) =>
      [`[${role}] ${content}`, ...toolCalls.map((call) => `[asks ${call.name}] ${call.arguments}`)].join(
        '\n',
      ),
    )
    .join('\n\n');
}

/** An agent's own limit goes before the crew's, which those without one share. */
function turnOf({ plan, agent }: Scene, simulationId: string): Pick<Prepared, 'turn'> {
  if (agent.maxRpm !== undefined)
    return { turn: { key: `${simulationId}/agent/${agent.nodeId}`, perMinute: agent.maxRpm } };
  const perMinute = plan.settings?.maxRpm;
  return perMinute === undefined ? {} : { turn: { key: `${simulationId}/crew`, perMinute } };
}

interface LooksAt {
  readonly path: string;
  readonly stored: StoredText;
  readonly text: string;
}

async function answerLookedAt({ input, steps, transaction }: Preparing): Promise<LooksAt | null> {
  const { ask } = input;
  if (ask?.kind !== 'judge') return null;
  const stored = textIn(steps)(ask.of);
  const textOf = await loadTexts(transaction, [stored]);
  return { path: ask.of, stored, text: textOf(stored) };
}

/** Of an answer that was cut off: what was said so far. */
async function textBefore({ input, steps, transaction }: Preparing): Promise<string> {
  const { because, previousPath } = input;
  if (because?.kind !== 'cutOff' || previousPath === null) return '';
  const stored = textIn(steps)(previousPath);
  const textOf = await loadTexts(transaction, [stored]);
  return textOf(stored);
}

const worstOf = (models: readonly string[], length: number, maxTokens: number | null): number =>
  Math.max(
    ...models.map((model) => worstCostMicros(model, length, maxTokens ?? defaultMaxTokens(model)) ?? 0),
  );

const lengthOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0);
