import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { type FinalAnswer, finalAnswers } from '#api/database/ledger/finalAnswers.ts';
import { loadNamedSteps, loadStepText, type NamedStep } from '#api/database/ledger/requests/stepTexts.ts';
import type { StepOutcome, ThinkInput } from '#workflows/activities.ts';
import { answerKeys } from '#workflows/answerKeys.ts';
import { crewPlanPath } from '#workflows/crewPlan.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { handedOn } from '#workflows/names.ts';
import { coworkerTask, type Order, readOrder } from '#workflows/prompts/coworkers.ts';
import { planForTask } from '#workflows/prompts/crewPlanPrompt.ts';
import { readJson } from '#workflows/prompts/readJson.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import type { LoadPlan } from '../plans.ts';
import { loadCall } from './askedCall.ts';
import { askRoute } from './askRoute.ts';
import { prepareThink, type Scene } from './asks/prepareThink.ts';
import { performStep } from './performStep.ts';
import type { StepDependencies } from './work.ts';

export interface ThinkDependencies extends StepDependencies {
  readonly loadPlan: LoadPlan;
}

/** One model call: assemble the prompt from references, send it, and say what came of it. */
export const createThink =
  (dependencies: ThinkDependencies) =>
  async (input: ThinkInput): Promise<StepOutcome> => {
    if (input.route) return askRoute(dependencies, input);
    const scene = await loadScene(dependencies, input);
    return performStep(dependencies, input, {
      kind: 'model',
      read: (transaction) => readTexts(dependencies, { input, scene }, transaction),
      prepare: (found, { order, ...texts }, transaction) => {
        const told = order ? { ...scene, order, task: coworkerTask(scene.agent, order) } : scene;
        return prepareThink(dependencies, { input, scene: told, found, ...texts, transaction });
      },
    });
  };

async function loadScene({ loadPlan }: ThinkDependencies, input: ThinkInput): Promise<Scene> {
  const plan = await loadPlan(input);
  if (handedOn(input.scope)) return coworkerScene(plan, input);
  const task = plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
  const agent = plan.agents.find(({ nodeId }) => nodeId === task?.agentId);
  if (!task || !agent)
    throw ApplicationFailure.nonRetryable(`Task ${input.nodeId} is not in the plan`, 'engine.badPlan');
  return { plan, task, agent };
}

/** The node is an agent: it does what another one asked of it. */
function coworkerScene(plan: Plan, { nodeId }: ThinkInput): Scene {
  const agent = plan.agents.find((each) => each.nodeId === nodeId);
  if (!agent) throw ApplicationFailure.nonRetryable(`Agent ${nodeId} is not in the plan`, 'engine.badPlan');
  return { plan, agent, task: coworkerTask(agent, undefined) };
}

interface ReadTexts {
  readonly order: Order | undefined;
  readonly context: ReadonlyMap<string, FinalAnswer>;
  readonly steps: ReadonlyMap<string, NamedStep>;
  readonly crewPlan: string | undefined;
}

/** What a request speaks of that is stored already. */
async function readTexts(
  { known }: ThinkDependencies,
  { input, scene }: { input: ThinkInput; scene: Scene },
  transaction: LedgerTransaction,
): Promise<ReadTexts> {
  const { simulationId, scope, events } = input;
  const { plan, task } = scene;
  const nodes = readsContext(input) ? answerKeys(plan, scope, contextTasks(plan, task)) : [];
  const [context, steps, order] = await Promise.all([
    known.answersOf(simulationId, nodes) ??
      finalAnswers(transaction, { simulationId, nodes, riding: events }),
    loadNamedSteps(transaction, { simulationId, what: input }),
    readOrderOf(input, transaction),
  ]);
  const crewPlan = tellsTask(input) ? await crewPlanFor(transaction, { input, scene }) : undefined;
  return { context, steps, order, crewPlan };
}

/** What a coworker was asked for is told at the beginning of its conversation. */
async function readOrderOf(
  { simulationId, scope, previousPath }: ThinkInput,
  transaction: LedgerTransaction,
): Promise<Order | undefined> {
  const asked = previousPath === null ? handedOn(scope) : null;
  if (!asked) return undefined;
  const { given } = await loadCall({ simulationId, ...asked }, transaction);
  return readOrder(given);
}

/** What the crew's planner wrote for this task. */
async function crewPlanFor(
  transaction: LedgerTransaction,
  { input, scene: { plan, task } }: { input: ThinkInput; scene: Scene },
): Promise<string | undefined> {
  const [first] = plan.tasks;
  if (!plan.settings?.planning || !first || handedOn(input.scope)) return undefined;
  const path = crewPlanPath(input.scope, first.nodeId);
  const said = await loadStepText(transaction, { simulationId: input.simulationId, path });
  const number = plan.tasks.findIndex(({ nodeId }) => nodeId === task.nodeId) + 1;
  return planForTask(readJson(said), number);
}

/** A conversation begins with the task. */
const tellsTask = ({ previousPath, ask }: ThinkInput): boolean =>
  previousPath === null && (ask === undefined || ask.kind === 'plan');

/** The first request of a conversation tells what the task reads. */
const readsContext = ({ previousPath, ask, because }: ThinkInput): boolean =>
  previousPath === null && because === undefined && (ask === undefined || ask.kind === 'plan');
