import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { loadConversation } from '#api/database/ledger/conversation.ts';
import { type FinalAnswer, finalAnswers } from '#api/database/ledger/finalAnswers.ts';
import { composeRoute } from '#api/database/ledger/requests/composeRoute.ts';
import type { StepOutcome, ThinkInput } from '#workflows/activities.ts';
import { answerKeys } from '#workflows/answerKeys.ts';
import { splitModel } from '#workflows/catalogue/models.ts';
import { costMicros, defaultMaxTokens, worstCostMicros } from '#workflows/catalogue/prices.ts';
import type { Plan, PlanControlOf } from '#workflows/graph/planSchema.ts';
import { readRoute } from '#workflows/prompts/routePrompt.ts';
import type { ModelAnswer } from '../models/ModelClient.ts';
import { toFailure } from '../models/toFailure.ts';
import { performStep } from './performStep.ts';
import { scopeInputs } from './scopeValues.ts';
import type { ThinkDependencies } from './think.ts';
import type { Prepared } from './work.ts';

interface Scene {
  readonly plan: Plan;
  readonly router: PlanControlOf<'router'>;
  readonly input: ThinkInput;
}

/** The question of a router to a model: a call like any other, seen, priced and reused. */
export async function askRoute(dependencies: ThinkDependencies, input: ThinkInput): Promise<StepOutcome> {
  const plan = await dependencies.loadPlan(input);
  const router = plan.controls?.find(({ nodeId }) => nodeId === input.nodeId);
  if (router?.kind !== 'router')
    throw ApplicationFailure.nonRetryable(`Router ${input.nodeId} is not in the plan`, 'engine.badPlan');
  const scene = { plan, router, input };
  return performStep(dependencies, input, {
    kind: 'model',
    read: (transaction) => readAnswers(scene, transaction),
    prepare: (found, answers, transaction) => prepare(dependencies, { scene, found, answers, transaction }),
  });
}

function readAnswers({ plan, router, input }: Scene, transaction: LedgerTransaction) {
  const { simulationId, scope, events: riding } = input;
  const ids = 'tasks' in router.context ? router.context.tasks : [];
  return finalAnswers(transaction, { simulationId, nodes: answerKeys(plan, scope, ids), riding });
}

interface Preparing {
  readonly scene: Scene;
  readonly found: Found;
  readonly answers: ReadonlyMap<string, FinalAnswer>;
  readonly transaction: LedgerTransaction;
}

async function prepare(
  { known, models }: ThinkDependencies,
  { scene: { plan, router, input }, found, answers, transaction }: Preparing,
): Promise<Prepared> {
  const { simulationId, scope, events: riding } = input;
  const reading = { simulationId, scope, plan, inputs: found.inputs, riding };
  const inputs = await scopeInputs(known, reading, transaction);
  const contents = new Contents();
  for (const { stored, text } of answers.values()) if ('ref' in stored) contents.know(stored.ref, text);
  const texts = new Map([...answers].map(([nodeId, { stored }]) => [nodeId, stored]));
  const { added, requestHash } = composeRoute({ plan, router, inputs, answers: texts, contents });
  const continuation = { previousPath: null, toolPaths: [], added };
  const conversation = { simulationId, continuation, known: contents };
  const { messages } = await loadConversation(transaction, conversation);
  const length = messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'model',
      model: router.model,
      tool: null,
      request: { ...continuation, tools: [], temperature: 0, maxTokens: null },
      requestHash,
      worstMicros: worstCostMicros(router.model, length, defaultMaxTokens(router.model)) ?? 0,
      contents,
    },
    perform: async ({ signal, onDelta }) => {
      const { provider, model } = splitModel(router.model) ?? { provider: 'unknown', model: router.model };
      try {
        const request = { model, messages, tools: [], parameters: { temperature: 0 } };
        const client = await models.clientFor(input, router.model);
        return performed(router, await client.stream(request, { signal, onDelta }));
      } catch (error) {
        throw toFailure(error, { provider, model });
      }
    },
  };
}

/** Whatever a model answers leads on: what names no outcome takes the one for when nothing fits. */
function performed(router: PlanControlOf<'router'>, { text, usage, finishReason }: ModelAnswer) {
  const outcome: StepOutcome = { kind: 'decided', value: readRoute(router, text) };
  return {
    text,
    toolCalls: [],
    finishReason,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    costMicros: costMicros(router.model, usage) ?? null,
    outcome,
  };
}
