import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { loadConversation, type Message } from '#api/database/ledger/conversation.ts';
import { type FinalAnswer, finalAnswers } from '#api/database/ledger/finalAnswers.ts';
import { firstMessages, forcedMessages } from '#api/database/ledger/firstMessages.ts';
import { modelRequestHash } from '#api/database/ledger/requestHash.ts';
import type { StoredMessage, StoredText } from '#api/database/ledger/stored.ts';
import type { StepOutcome, ThinkInput } from '#workflows/activities.ts';
import { answerKeys } from '#workflows/answerKeys.ts';
import { splitModel } from '#workflows/catalogue/models.ts';
import { costMicros, defaultMaxTokens, worstCostMicros } from '#workflows/catalogue/prices.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import type { ModelAnswer, ModelRequest } from '../models/ModelClient.ts';
import { toFailure } from '../models/toFailure.ts';
import type { LoadPlan } from '../plans.ts';
import { performStep } from './performStep.ts';
import type { Performed, Prepared, StepDependencies } from './work.ts';

export interface ThinkDependencies extends StepDependencies {
  readonly loadPlan: LoadPlan;
}

/** One model call: assemble the prompt from references, send it, and say what came of it. */
export const createThink =
  (dependencies: ThinkDependencies) =>
  async (input: ThinkInput): Promise<StepOutcome> => {
    const scene = await loadScene(dependencies, input);
    return performStep(dependencies, input, {
      kind: 'model',
      read: (transaction) => readContext(dependencies, { input, scene }, transaction),
      prepare: (found, context, transaction) =>
        prepare(dependencies, { input, scene, found, context, transaction }),
    });
  };

interface Scene {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
}

async function loadScene({ loadPlan }: ThinkDependencies, input: ThinkInput): Promise<Scene> {
  const plan = await loadPlan(input);
  const task = plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
  const agent = plan.agents.find(({ nodeId }) => nodeId === task?.agentId);
  if (!task || !agent)
    throw ApplicationFailure.nonRetryable(`Task ${input.nodeId} is not in the plan`, 'engine.badPlan');
  return { plan, task, agent };
}

interface Preparing {
  readonly input: ThinkInput;
  readonly scene: Scene;
  readonly found: Found;
  readonly context: ReadonlyMap<string, FinalAnswer>;
  readonly transaction: LedgerTransaction;
}

/** What the first request of a task reads. What was not on the way taken is left out. */
async function readContext(
  { known }: ThinkDependencies,
  { input, scene: { plan, task } }: Pick<Preparing, 'input' | 'scene'>,
  transaction: LedgerTransaction,
): Promise<ReadonlyMap<string, FinalAnswer>> {
  const { simulationId, previousPath, scope, events } = input;
  const nodes = previousPath === null ? answerKeys(plan, scope, contextTasks(plan, task)) : [];
  return (
    known.answersOf(simulationId, nodes) ?? finalAnswers(transaction, { simulationId, nodes, riding: events })
  );
}

async function prepare(dependencies: ThinkDependencies, preparing: Preparing): Promise<Prepared> {
  const { input, scene, found, transaction } = preparing;
  const { plan, task, agent } = scene;
  const contents = new Contents();
  const added = addedMessages(preparing, contents);
  const continuation = { previousPath: input.previousPath, toolPaths: input.toolPaths, added };
  const { messages, previous } = await loadConversation(transaction, {
    simulationId: input.simulationId,
    continuation,
    known: contents,
  });
  const tools = input.isForced ? [] : task.tools;
  const request = modelRequest({ agent, tools, messages });
  const maxTokens = agent.maxTokens ?? defaultMaxTokens(agent.model);
  const outputFile =
    task.outputFile === null
      ? null
      : fillPlaceholders(task.outputFile, new Map(Object.entries(found.inputs)));
  return {
    outputFile,
    closing: input.closing ?? null,
    request: {
      kind: 'model',
      model: agent.model,
      tool: null,
      request: { ...continuation, tools, temperature: agent.temperature, maxTokens: agent.maxTokens },
      requestHash: modelRequestHash({ promptVersion: plan.promptVersion, agent, tools, previous, added }),
      worstMicros: worstCostMicros(agent.model, lengthOf(messages), maxTokens) ?? 0,
      contents,
    },
    perform: async (io) => {
      const { provider, model } = splitModel(agent.model) ?? { provider: 'unknown', model: agent.model };
      try {
        const client = await dependencies.models.clientFor(input, agent.model);
        const answer = await client.stream(request, {
          signal: io.signal,
          onDelta: (text) => io.onDelta(text),
        });
        return performed({ answer, agent, isForced: input.isForced });
      } catch (error) {
        throw toFailure(error, { provider, model });
      }
    },
  };
}

/** What this request adds to the conversation: the task itself at first, the demand for an end at last. */
function addedMessages(
  { input, scene, found, context }: Preparing,
  contents: Contents,
): readonly StoredMessage[] {
  if (input.previousPath !== null) return input.isForced ? forcedMessages(contents) : [];
  const answers = new Map<string, StoredText>();
  for (const [nodeId, { stored, text }] of context) {
    answers.set(nodeId, stored);
    if ('ref' in stored) contents.know(stored.ref, text);
  }
  const leftOut = new Set(contextTasks(scene.plan, scene.task).filter((id) => !context.has(id)));
  return firstMessages({
    ...scene,
    leftOut,
    inputs: new Map(Object.entries(found.inputs)),
    answers,
    contents,
  });
}

function modelRequest(options: {
  agent: PlanAgent;
  tools: readonly string[];
  messages: readonly Message[];
}): ModelRequest {
  const { agent, tools, messages } = options;
  return {
    model: splitModel(agent.model)?.model ?? agent.model,
    messages,
    tools: tools.flatMap((name) => {
      const tool = findTool(name);
      return tool ? [{ name: tool.name, description: tool.description, parameters: tool.parameters }] : [];
    }),
    parameters: {
      ...(agent.temperature === null ? {} : { temperature: agent.temperature }),
      ...(agent.maxTokens === null ? {} : { maxTokens: agent.maxTokens }),
    },
  };
}

const lengthOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0);

function performed(options: { answer: ModelAnswer; agent: PlanAgent; isForced: boolean }): Performed {
  const { answer, agent, isForced } = options;
  const toolCalls = isForced ? [] : answer.toolCalls;
  if (toolCalls.length === 0) refuseUnusable(answer);
  const outcome: StepOutcome =
    toolCalls.length > 0
      ? { kind: 'tools', calls: toolCalls.map(({ name }, index) => ({ index, tool: name.slice(0, 64) })) }
      : { kind: 'answer', isEmpty: answer.text.trim() === '' };
  return {
    text: answer.text,
    toolCalls: toolCalls.map((call, index) => ({
      index,
      tool: call.name,
      id: call.id,
      arguments: call.arguments,
    })),
    finishReason: answer.finishReason,
    inputTokens: answer.usage?.inputTokens ?? null,
    outputTokens: answer.usage?.outputTokens ?? null,
    costMicros: costMicros(agent.model, answer.usage) ?? null,
    outcome,
  };
}

/** CrewAI fails a task on an empty answer too; asking again often helps, so it may be tried like a bad answer. */
function refuseUnusable(answer: ModelAnswer): void {
  if (answer.finishReason === 'content_filter')
    throw ApplicationFailure.nonRetryable(
      'The provider held the answer back (content filter).',
      'model.refused',
    );
  if (answer.text.trim() === '')
    throw ApplicationFailure.create({
      type: 'model.emptyAnswer',
      message: 'The model gave an empty answer.',
    });
}
