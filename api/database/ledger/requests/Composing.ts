import type { ThinkWhat } from '#workflows/activities.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import type { Order } from '#workflows/prompts/coworkers.ts';
import type { StoredMessage } from '../stored.ts';
import type { PromptTexts } from './storePrompt.ts';

export interface Composing extends PromptTexts {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
  readonly clock: Date;
  readonly what: ThinkWhat;
  /** Of work that another agent hands on: what it said of it. */
  readonly order?: Order;
  /** Ids of what the task would read and was not on the way taken. */
  readonly leftOut?: ReadonlySet<string>;
  /** What the crew's planner wrote for this task. */
  readonly crewPlan?: string;
  /** Of a summary: the conversation that did not fit. Unknown where no texts are read. */
  readonly conversation?: string;
}

/** What decides about an answer besides the messages. All of it belongs to the request's hash. */
export interface RequestSettings {
  /** provider/model, in the order in which they are tried. */
  readonly models: readonly [string, ...string[]];
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly topP?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly reasoningEffort?: PlanAgent['reasoningEffort'];
  /** The provider holds the answer to it. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  /** Roles of those whom work may be handed to, in the order in which they are told. */
  readonly coworkers?: readonly string[];
  /** Tools are asked for in words. */
  readonly inText?: true;
}

export interface ComposedRequest {
  /** What it adds to the conversation before it. */
  readonly added: readonly StoredMessage[];
  /** Names of the tools that are offered. */
  readonly tools: readonly string[];
  readonly settings: RequestSettings;
}
