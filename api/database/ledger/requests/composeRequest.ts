import { COWORKER_TOOLS } from '#workflows/catalogue/coworkerTools.ts';
import { speaksSchema } from '#workflows/catalogue/structuredOutput.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import type { Opening } from '#workflows/prompts/asks.ts';
import { becausePrompt, retryAnewPrompt, summariesPrompt } from '#workflows/prompts/becausePrompt.ts';
import type { Coworker } from '#workflows/prompts/coworkers.ts';
import { orderedSchema } from '#workflows/prompts/orderedSchema.ts';
import { resultWords, stepWords } from '#workflows/prompts/planPrompt.ts';
import {
  forcedAnswerPrompt,
  type PromptMessage,
  type PromptPart,
  stopWords,
  type TaskPrompt,
  taskPrompt,
} from '#workflows/prompts/taskPrompt.ts';
import type { ComposedRequest, Composing, RequestSettings } from './Composing.ts';
import { composeAsk } from './composeAsk.ts';
import { modelsOf } from './modelsOf.ts';
import { storePrompt } from './storePrompt.ts';

/**
 * A request to a model, from what the plan says and where texts are. The engine sends it, and the walk that looks for
 * what a fork can reuse compares it, so that the two cannot differ.
 */
export function composeRequest(composing: Composing): ComposedRequest {
  const { what, task, agent } = composing;
  if (what.ask) return composeAsk(composing, what.ask);
  const coworkers = coworkerRoles(composing);
  const tools = what.isForced ? [] : [...task.tools, ...(coworkers.length > 0 ? COWORKER_TOOLS : [])];
  const schema = nativeSchema(composing);
  const messages = what.previousPath === null ? firstMessages(composing) : laterMessages(composing);
  return {
    added: storePrompt(messages, composing),
    tools,
    // What goes on with a text that was cut off is no JSON by itself.
    settings: {
      ...agentSettings(agent, what.inText),
      ...(coworkers.length > 0 && tools.length > 0 && { coworkers }),
      ...(schema && what.because?.kind !== 'cutOff' && { schema }),
    },
  };
}

/** With placeholders filled in: a model names a coworker as it was told. */
const coworkerRoles = ({
  plan,
  task,
  inputs,
}: Pick<Composing, 'plan' | 'task' | 'inputs'>): readonly string[] =>
  coworkersOf(plan, task, inputs).map(({ role }) => role);

/** Whom the doer of a task may hand work to. */
export const coworkersOf = (
  { agents }: Plan,
  { coworkers = [] }: PlanTask,
  inputs: ReadonlyMap<string, string>,
): readonly Coworker[] =>
  coworkers.flatMap((id) => {
    const agent = agents.find(({ nodeId }) => nodeId === id);
    return agent
      ? [
          {
            nodeId: id,
            name: agent.name,
            role: fillPlaceholders(agent.role, inputs),
            rounds: agent.maxIterations ?? 25,
          },
        ]
      : [];
  });

/** A task with tools is told its schema in words, as in CrewAI: a provider would hold calls of tools to it, too. */
function nativeSchema({ task, agent, what }: Composing): RequestSettings['schema'] {
  const { outputSchema } = task;
  if (!outputSchema || task.tools.length > 0 || task.coworkers || what.opening?.kind === 'step')
    return undefined;
  return modelsOf(agent).every((model) => speaksSchema(model, outputSchema))
    ? orderedSchema(outputSchema)
    : undefined;
}

function agentSettings(agent: PlanAgent, inText: true | undefined): RequestSettings {
  const { temperature, maxTokens, topP, seed, reasoningEffort } = agent;
  const stop = stopWords(agent, inText);
  return {
    models: modelsOf(agent),
    temperature,
    maxTokens,
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop.length > 0 && { stop }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(inText && { inText }),
  };
}

const fillWith =
  ({ inputs }: Pick<Composing, 'inputs'>) =>
  (text: string): string =>
    fillPlaceholders(text, inputs);

function firstMessages(composing: Composing): readonly PromptMessage[] {
  const { what, plan, agent, inputs, clock, leftOut, order } = composing;
  const { because, opening, inText } = what;
  const { task, crewPlan } = composing;
  const found = (what.told ?? []).map((stepAt): PromptPart => ({ stepAt }));
  const prompt: TaskPrompt = {
    plan,
    agent,
    task,
    inputs,
    clock,
    leftOut,
    crewPlan,
    inText,
    isSchemaNative: !!nativeSchema(composing),
    coworkers: coworkerRoles(composing),
    more: found,
    ...(order && { isVerbatim: true, insteadOfContext: order.context ? [{ text: order.context }] : [] }),
  };
  const told = { guardrails: task.guardrails ?? [], fill: fillWith(composing) };
  if (because?.kind === 'guardrail' && because.insteadOf !== null)
    return taskPrompt({ ...prompt, insteadOfContext: retryAnewPrompt(because, because.insteadOf, told) });
  if (because?.kind === 'summaries')
    // What the task reads was summed up with the rest.
    return taskPrompt({
      ...prompt,
      insteadOfContext: [],
      more: [...summariesPrompt(because.at), ...openingWords(opening)],
    });
  return taskPrompt({ ...prompt, more: [...found, ...openingWords(opening)] });
}

function openingWords(opening: Opening | undefined): readonly PromptPart[] {
  switch (opening?.kind) {
    case 'step':
      return stepWords(opening.plan, opening.step, opening.results);
    case 'results':
      return resultWords(opening.plan, opening.results);
    default:
      return [];
  }
}

/** What is added to a conversation: why it goes on, and the demand for an end at last. */
function laterMessages(composing: Composing): readonly PromptMessage[] {
  const { what, task } = composing;
  const said = (parts: readonly PromptPart[]): PromptMessage => ({ role: 'user', parts });
  const because =
    what.because &&
    becausePrompt({
      because: what.because,
      guardrails: task.guardrails ?? [],
      fill: fillWith(composing),
    });
  return [
    ...(because ? [said(because)] : []),
    ...(what.isForced ? [said([{ text: forcedAnswerPrompt }])] : []),
  ];
}
