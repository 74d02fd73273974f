import { skillsOf } from '../graph/crewSkills.ts';
import { fillPlaceholders } from '../graph/inputs.ts';
import {
  nodesOfBlock,
  type Plan,
  type PlanAgent,
  type PlanTask,
  PROMPT_VERSION,
} from '../graph/planSchema.ts';
import { formatDate } from './formatDate.ts';
import { offeredTools } from './offeredTools.ts';
import { schemaInWords } from './schemaInWords.ts';
import { skillsInWords } from './skills.ts';
import { OBSERVATION_STOP, toolsInText } from './textTools.ts';

/** A piece of a message: text, the answer of another node, or what a step brought, which stay where they are stored. */
export type PromptPart =
  | { readonly text: string }
  | { readonly answerOf: string }
  | { readonly stepAt: string; readonly what?: 'problem' };

export interface PromptMessage {
  readonly role: 'system' | 'user';
  readonly parts: readonly PromptPart[];
}

export interface TaskPrompt {
  readonly plan: Plan;
  readonly agent: PlanAgent;
  readonly task: PlanTask;
  readonly inputs: ReadonlyMap<string, string>;
  /** Ids of what was not on the way taken: it is not spoken of. */
  readonly leftOut?: ReadonlySet<string>;
  /** The simulation's: what is told of it is the same in its forks. Needed where the agent is told the date. */
  readonly clock?: Date;
  /** The model has no tools of its own: they are described, and how to ask for one. */
  readonly inText?: boolean;
  /** Words of another agent: braces in them are text. */
  readonly isVerbatim?: boolean;
  /** Roles of those whom work may be handed to. */
  readonly coworkers?: readonly string[];
  /** The provider holds the model to the task's schema, so that no words are needed. */
  readonly isSchemaNative?: boolean;
  /** In place of what the task reads. */
  readonly insteadOfContext?: readonly PromptPart[];
  /** What a planner wrote for this task. */
  readonly crewPlan?: string;
  /** At the end: what is remembered and known, a step of a plan, what was summed up. */
  readonly more?: readonly PromptPart[];
}

/** CrewAI's divider between the answers that make up a context. */
export const DIVIDER = '\n\n----------\n\n';
/** CrewAI’s name for what started a simulation from outside. */
export const TRIGGER_PAYLOAD = 'crewai_trigger_payload';
const USUAL_DATE_FORMAT = '%Y-%m-%d';

/**
 * What a model is told to do a task: CrewAI's shape (who you are; the task, what is expected, the context) in our
 * own words. The words belong to the plan's prompt version: with a new version they stay as they are for old plans.
 */
export function taskPrompt(prompt: TaskPrompt): readonly PromptMessage[] {
  const { promptVersion } = prompt.plan;
  if (promptVersion !== PROMPT_VERSION) throw new Error(`Prompt version ${promptVersion} is not known`);
  const { systemTemplate, promptTemplate, useSystemPrompt } = prompt.agent;
  const [system, user] = [systemText(prompt), userParts(prompt)];
  if (systemTemplate !== undefined && promptTemplate !== undefined)
    return [{ role: 'user', parts: inTemplates(prompt.agent, system, user) }];
  if (useSystemPrompt === false) return [{ role: 'user', parts: [{ text: `${system}\n\n` }, ...user] }];
  return [
    { role: 'system', parts: [{ text: system }] },
    { role: 'user', parts: user },
  ];
}

/** Said when the rounds of tool calls are used up (CrewAI's forced last answer). */
export const forcedAnswerPrompt =
  'You have used all your rounds of tool calls. Do not ask for another tool. Give your best complete final answer ' +
  'now, from what you know so far.';

function systemText({ plan, agent, task, inputs, clock, inText, coworkers }: TaskPrompt): string {
  const fill = (text: string) => fillPlaceholders(text, inputs);
  const backstory = agent.backstory ? ` ${fill(agent.backstory)}` : '';
  const tools = inText
    ? `\n\n${toolsInText(offeredTools(task.tools, { brought: plan.tools, roles: coworkers }))}`
    : '';
  const skills = skillsInWords(skillsOf(plan, agent));
  const atHand = skills && `\n\n${skills}`;
  // Last, so that what is before it stays the same from day to day and providers can keep it.
  const date =
    agent.injectDate && clock
      ? `\n\nCurrent Date: ${formatDate(clock, agent.dateFormat ?? USUAL_DATE_FORMAT)}`
      : '';
  return `You are ${fill(agent.role)}.${backstory}\n\nYour goal: ${fill(agent.goal)}${tools}${atHand}${date}`;
}

function userParts(prompt: TaskPrompt): readonly PromptPart[] {
  const { more = [] } = prompt;
  const request = requestText(prompt);
  const context = contextParts(prompt);
  const task: PromptPart[] =
    context.length === 0
      ? [{ text: request }]
      : [{ text: `${request}\n\nWork with what was found before:\n` }, ...context];
  return [...task, ...more];
}

function requestText({ plan, task, inputs, isSchemaNative, isVerbatim, crewPlan }: TaskPrompt): string {
  const fill = (text: string) => (isVerbatim ? text : fillPlaceholders(text, inputs));
  const expected = task.expectedOutput && `What your answer must contain: ${fill(task.expectedOutput)}\n`;
  const payload = !isVerbatim && isTriggered(plan, task) ? inputs.get(TRIGGER_PAYLOAD) : undefined;
  return [
    `Your task: ${fill(task.description)}`,
    ...(crewPlan === undefined ? [] : [`The plan for it: ${crewPlan}`]),
    ...(payload === undefined ? [] : [`Trigger Payload: ${payload}`]),
    `${expected}Give the whole content as your final answer, not a summary of it.`,
    ...(task.markdown ? [MARKDOWN] : []),
    ...(task.outputSchema && !isSchemaNative ? [schemaInWords(task.outputSchema)] : []),
  ].join('\n\n');
}

/** The first task is told, unless it or another says otherwise. */
const isTriggered = ({ tasks, process }: Plan, task: PlanTask): boolean =>
  task.triggerPayload ?? (process === 'sequential' && tasks[0]?.nodeId === task.nodeId);

function contextParts({ plan, task, leftOut, insteadOfContext }: TaskPrompt): readonly PromptPart[] {
  if (insteadOfContext) return insteadOfContext;
  const read = contextTasks(plan, task).filter((nodeId) => !leftOut?.has(nodeId));
  return read.flatMap((nodeId, index): PromptPart[] =>
    index === 0 ? [{ answerOf: nodeId }] : [{ text: DIVIDER }, { answerOf: nodeId }],
  );
}

const [SYSTEM_MARK, PROMPT_MARK, RESPONSE_MARK] = ['{{ .System }}', '{{ .Prompt }}', '{{ .Response }}'];

/** As CrewAI: one text, of both templates, with what an answer begins with at its end. */
function inTemplates(
  { systemTemplate = '', promptTemplate = '', responseTemplate }: PlanAgent,
  system: string,
  user: readonly PromptPart[],
): readonly PromptPart[] {
  const [before = '', ...after] = promptTemplate.split(PROMPT_MARK);
  const [response] = responseTemplate?.split(RESPONSE_MARK) ?? [];
  const text = `${systemTemplate.replaceAll(SYSTEM_MARK, () => system)}${before}`;
  const rest = `${after.join('')}${response === undefined ? '' : `\n${response}`}`;
  const parts = after.length > 0 ? user : [];
  return [{ text }, ...parts, ...(rest === '' ? [] : [{ text: rest }])];
}

/** Texts at which an answer ends: the agent's own, what follows the answer in its template, a tool's result. */
export function stopWords(agent: PlanAgent, inText: boolean | undefined): readonly string[] {
  const after = agent.responseTemplate?.split(RESPONSE_MARK)[1]?.trim();
  const isTemplate = agent.systemTemplate !== undefined && agent.promptTemplate !== undefined;
  return [
    ...(agent.stop ?? []),
    ...(after && isTemplate ? [after] : []),
    ...(inText ? [OBSERVATION_STOP] : []),
  ];
}

const MARKDOWN =
  'Write the answer in Markdown: headings that follow the structure of the content, lists where things are listed, ' +
  'tables where they are compared, code in fences with its language. Do not put the whole answer in a fence.';

/** Node ids of the tasks whose answers a task reads, in the order they are joined. */
export function contextTasks(plan: Plan, task: PlanTask): readonly string[] {
  if ('tasks' in task.context) return task.context.tasks;
  const silent = new Set(
    plan.controls?.flatMap(({ kind, nodeId }) => (kind === 'router' || kind === 'wait' ? [nodeId] : [])),
  );
  const earlier = nodesOfBlock(plan, task.blockId ?? null).slice(0, task.context.first);
  return silent.size === 0 ? earlier : earlier.filter((nodeId) => !silent.has(nodeId));
}
