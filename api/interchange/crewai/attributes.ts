import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import type { CrewSettings } from '#workflows/graph/settings.ts';
import { type Entry, flag, number, text, warn } from './entries.ts';

/** How CrewAI writes a value that is the same here. */
type Form =
  | { readonly is: 'flag' | 'text' }
  | { readonly is: 'number'; readonly min: number; readonly max: number; readonly isWhole?: boolean }
  | { readonly is: 'choice'; readonly of: readonly string[] };

/** A field that CrewAI has by another name and with the same meaning. */
export interface Attribute<T> {
  readonly theirs: string;
  readonly ours: keyof T & string;
  readonly form: Form;
}

const IS_FLAG: Form = { is: 'flag' };
const IS_TEXT: Form = { is: 'text' };
const whole = (min: number, max: number): Form => ({ is: 'number', min, max, isWhole: true });
const POLICY: Form = { is: 'choice', of: ['ignore', 'warn', 'raise'] };

export const AGENT_ATTRIBUTES: readonly Attribute<AgentData>[] = [
  { theirs: 'max_rpm', ours: 'maxRpm', form: whole(1, 10_000) },
  { theirs: 'max_execution_time', ours: 'maxExecutionSeconds', form: whole(1, 86_400) },
  { theirs: 'max_retry_limit', ours: 'maxRetries', form: whole(0, 10) },
  { theirs: 'allow_delegation', ours: 'allowDelegation', form: IS_FLAG },
  { theirs: 'use_system_prompt', ours: 'useSystemPrompt', form: IS_FLAG },
  { theirs: 'system_template', ours: 'systemTemplate', form: IS_TEXT },
  { theirs: 'prompt_template', ours: 'promptTemplate', form: IS_TEXT },
  { theirs: 'response_template', ours: 'responseTemplate', form: IS_TEXT },
  { theirs: 'respect_context_window', ours: 'respectContextWindow', form: IS_FLAG },
  { theirs: 'inject_date', ours: 'injectDate', form: IS_FLAG },
  { theirs: 'date_format', ours: 'dateFormat', form: IS_TEXT },
  { theirs: 'memory', ours: 'memory', form: IS_FLAG },
  { theirs: 'guardrail', ours: 'guardrail', form: IS_TEXT },
  { theirs: 'guardrail_max_retries', ours: 'guardrailMaxRetries', form: whole(0, 20) },
  { theirs: 'tool_failure_policy', ours: 'toolFailurePolicy', form: POLICY },
];

export const TASK_ATTRIBUTES: readonly Attribute<TaskData>[] = [
  { theirs: 'human_input', ours: 'humanInput', form: IS_FLAG },
  { theirs: 'guardrail_max_retries', ours: 'guardrailMaxRetries', form: whole(0, 20) },
  { theirs: 'tool_failure_policy', ours: 'toolFailurePolicy', form: POLICY },
  { theirs: 'allow_crewai_trigger_context', ours: 'triggerPayload', form: IS_FLAG },
];

export const CREW_ATTRIBUTES: readonly Attribute<CrewSettings>[] = [
  { theirs: 'planning', ours: 'planning', form: IS_FLAG },
  { theirs: 'memory', ours: 'memory', form: IS_FLAG },
  { theirs: 'cache', ours: 'cache', form: IS_FLAG },
  { theirs: 'max_rpm', ours: 'maxRpm', form: whole(1, 10_000) },
  { theirs: 'tool_failure_policy', ours: 'toolFailurePolicy', form: POLICY },
];

/** The parameters that CrewAI gives to `LLM(...)`. */
export const MODEL_ATTRIBUTES: readonly Attribute<AgentData>[] = [
  { theirs: 'top_p', ours: 'topP', form: { is: 'number', min: 0, max: 1 } },
  { theirs: 'seed', ours: 'seed', form: whole(0, 2_147_483_647) },
  {
    theirs: 'reasoning_effort',
    ours: 'reasoningEffort',
    form: { is: 'choice', of: ['minimal', 'low', 'medium', 'high'] },
  },
];

/** What is written of these attributes, under our names; what is missing or null is left out. */
export function readAttributes<T>(
  entry: Entry,
  attributes: readonly Attribute<T>[],
): Record<string, unknown> {
  const told = attributes.flatMap(({ theirs, ours, form }) => {
    if ((entry.fields.get(theirs) ?? null) === null) return [];
    const value = readForm(entry, theirs, form);
    return value === undefined ? [] : [[ours, value] as const];
  });
  return Object.fromEntries(told);
}

function readForm(entry: Entry, field: string, form: Form): unknown {
  switch (form.is) {
    case 'flag':
      return flag(entry, field);
    case 'number':
      return number(entry, field, form);
    case 'text':
      return text(entry, field) || undefined;
    case 'choice': {
      const value = text(entry, field);
      if (form.of.includes(value)) return value;
      if (value !== '') warn(entry, field, `This is none of ${form.of.join(', ')}, so it was left out.`);
      return undefined;
    }
  }
}

/** The same under CrewAI’s names, in the order of the table. */
export const writeAttributes = <T extends object>(
  data: T,
  attributes: readonly Attribute<T>[],
): (readonly [string, unknown])[] =>
  attributes.flatMap(({ theirs, ours }) => (data[ours] === undefined ? [] : [[theirs, data[ours]] as const]));

export const namesOf = <T>(attributes: readonly Attribute<T>[]): string[] =>
  attributes.map(({ theirs }) => theirs);
