import { Planning } from '#workflows/graph/nodes/agent.ts';
import { type Entry, flag, number, text, warn } from './entries.ts';

export const PLANNING_FIELDS = [
  'planning',
  'planning_config',
  'reasoning',
  'max_reasoning_attempts',
] as const;

/** How an agent plans: `planning_config`, or one of the two older switches (SEMANTICS 1.1). */
export function planningFrom(entry: Entry): Planning | undefined {
  const config = entry.fields.get('planning_config');
  if (config instanceof Map)
    return configured({ ...entry, key: `${entry.key}.planning_config`, fields: config });
  if ((config ?? null) !== null)
    warn(entry, 'planning_config', 'This is no configuration, so it was left out.');
  const isOn = (field: string) => (entry.fields.get(field) ?? null) !== null && flag(entry, field);
  if (isOn('planning')) return Planning.parse({ effort: 'low', maxAttempts: 1 });
  const attempts = number(entry, 'max_reasoning_attempts', { min: 1, max: 10, isWhole: true });
  return isOn('reasoning') ? Planning.parse({ maxAttempts: attempts ?? null }) : undefined;
}

const KNOWN = new Set(['reasoning_effort', 'max_attempts', 'max_steps', 'max_replans']);

function configured(entry: Entry): Planning {
  for (const field of entry.fields.keys())
    if (!KNOWN.has(String(field))) warn(entry, String(field), 'This has no meaning here and was left out.');
  const effort = Planning.shape.effort.safeParse(text(entry, 'reasoning_effort') || undefined);
  if (!effort.success) warn(entry, 'reasoning_effort', 'This is none of low, medium, high.');
  const count = (field: string, min: number, max: number) =>
    number(entry, field, { min, max, isWhole: true });
  return Planning.parse({
    effort: effort.success ? effort.data : undefined,
    maxAttempts: count('max_attempts', 1, 10) ?? null,
    maxSteps: count('max_steps', 1, 50),
    maxReplans: count('max_replans', 0, 10),
  });
}

/** As `planning_config`. */
export const planningFields = ({ effort, maxAttempts, maxSteps, maxReplans }: Planning) => ({
  reasoning_effort: effort,
  ...(maxAttempts === null ? {} : { max_attempts: maxAttempts }),
  max_steps: maxSteps,
  max_replans: maxReplans,
});
