import { fillPlaceholders } from '../graph/inputs.ts';
import {
  nodesOfBlock,
  type Plan,
  type PlanAgent,
  type PlanTask,
  PROMPT_VERSION,
} from '../graph/planSchema.ts';

/** A piece of a message: text, or the answer of another task, which stays where it is stored. */
export type PromptPart = { readonly text: string } | { readonly answerOf: string };

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
}

/** CrewAI's divider between the answers that make up a context. */
const DIVIDER = '\n\n----------\n\n';

/**
 * What a model is told to do a task: CrewAI's shape (who you are; the task, what is expected, the context) in our
 * own words. The words belong to the plan's prompt version: with a new version they stay as they are for old plans.
 */
export function taskPrompt(prompt: TaskPrompt): readonly PromptMessage[] {
  const { promptVersion } = prompt.plan;
  if (promptVersion !== PROMPT_VERSION) throw new Error(`Prompt version ${promptVersion} is not known`);
  return [system(prompt), user(prompt)];
}

/** Said when the rounds of tool calls are used up (CrewAI's forced last answer). */
export const forcedAnswerPrompt =
  'You have used all your rounds of tool calls. Do not ask for another tool. Give your best complete final answer ' +
  'now, from what you know so far.';

function system({ agent, inputs }: TaskPrompt): PromptMessage {
  const fill = (text: string) => fillPlaceholders(text, inputs);
  const backstory = agent.backstory ? ` ${fill(agent.backstory)}` : '';
  return {
    role: 'system',
    parts: [{ text: `You are ${fill(agent.role)}.${backstory}\n\nYour goal: ${fill(agent.goal)}` }],
  };
}

function user({ plan, task, inputs, leftOut }: TaskPrompt): PromptMessage {
  const fill = (text: string) => fillPlaceholders(text, inputs);
  const expected = task.expectedOutput && `What your answer must contain: ${fill(task.expectedOutput)}\n`;
  const request = [
    `Your task: ${fill(task.description)}`,
    `${expected}Give the whole content as your final answer, not a summary of it.`,
    ...(task.markdown ? [MARKDOWN] : []),
  ].join('\n\n');
  const context = contextTasks(plan, task).filter((nodeId) => !leftOut?.has(nodeId));
  if (context.length === 0) return { role: 'user', parts: [{ text: request }] };
  const answers = context.flatMap((nodeId, index): PromptPart[] =>
    index === 0 ? [{ answerOf: nodeId }] : [{ text: DIVIDER }, { answerOf: nodeId }],
  );
  return {
    role: 'user',
    parts: [{ text: `${request}\n\nWork with what was found before:\n` }, ...answers],
  };
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
