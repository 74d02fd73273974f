/** How a conversation with an agent begins when it is not with the whole task. */
export type Opening =
  /** One step of the plan that the agent made at `plan`; what its earlier steps brought is at `results`. */
  | {
      readonly kind: 'step';
      readonly plan: string;
      readonly step: number;
      readonly results: readonly string[];
    }
  /** All steps are done: put together what they brought. */
  | { readonly kind: 'results'; readonly plan: string; readonly results: readonly string[] };

/** Why an agent is asked again, which it is told. */
export type Because =
  /** Its answer was cut off by its length. */
  | { readonly kind: 'cutOff' }
  /**
   * A guardrail does not hold; a judge says why at `judgedAt`. `insteadOf` is the answer that takes the place of what
   * the task reads, as CrewAI has it: the conversation then begins anew.
   */
  | {
      readonly kind: 'guardrail';
      readonly guardrail: number;
      readonly judgedAt: string | null;
      readonly insteadOf: string | null;
    }
  /** What a person says of the answer is at `at`. */
  | { readonly kind: 'person'; readonly at: string }
  /** The conversation no longer fitted and begins anew with its summaries. */
  | { readonly kind: 'summaries'; readonly at: readonly string[] };

/** A question to a model beside the conversation with the agent: visible and paid like any other. */
export type Ask =
  /** Does the answer at `of` fulfil this guardrail? */
  | { readonly kind: 'judge'; readonly guardrail: number; readonly of: string }
  /** Make JSON that fits the schema out of the answer at `of`; the repair at `tried` did not fit either. */
  | { readonly kind: 'repair'; readonly of: string; readonly tried?: string }
  /** Sum up one piece of the conversation that the step at `of` was refused for. */
  | { readonly kind: 'summary'; readonly of: string; readonly chunk: number; readonly chunks: number }
  /** Plan the task; `before` is the plan that was not ready, or that did not work out after what is at `results`. */
  | {
      readonly kind: 'plan';
      readonly before: string | null;
      readonly results: readonly string[];
    }
  /** Did this step of the plan bring what it should, at `of`? */
  | { readonly kind: 'observe'; readonly plan: string; readonly step: number; readonly of: string }
  /** Plan all tasks of the crew before the first. */
  | { readonly kind: 'crewPlan' };

/** What keeps an answer from being its task's yet. */
export type Next =
  /** It was cut off by its length. */
  | { readonly kind: 'continue' }
  /** It is not JSON that fits the task's schema. */
  | { readonly kind: 'repair' }
  /** This guardrail does not hold. */
  | { readonly kind: 'tryAgain'; readonly guardrail: number }
  /** A model has to judge it by this guardrail. */
  | { readonly kind: 'judge'; readonly guardrail: number }
  /** A person has to read it. */
  | { readonly kind: 'person' };

/** A step of a plan that an agent made: its number, and those that it needs. */
export interface PlannedStep {
  readonly step: number;
  readonly needs: readonly number[];
}

/** What an observer says: go on, plan anew what is left, or that the goal is reached. */
export type Verdict = 'goOn' | 'replan' | 'reached';
