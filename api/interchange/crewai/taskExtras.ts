import { type Guardrail, OutputSchema, type TaskData } from '#workflows/graph/nodes/task.ts';
import { namesOf, readAttributes, TASK_ATTRIBUTES } from './attributes.ts';
import { AnswerModel, Code, codeSentence, type Entry, names, number, warn } from './entries.ts';
import { fromMaps } from './marker.ts';

/** Fields that say what an answer looks like. */
export const SCHEMAS: ReadonlySet<string> = new Set(['output_json', 'output_pydantic', 'response_model']);

export const TASK_EXTRA_NAMES: readonly string[] = [
  ...namesOf(TASK_ATTRIBUTES),
  ...SCHEMAS,
  'guardrail',
  'guardrails',
  'max_retries',
];

/** What CrewAI says of a task beyond what every task has. */
export function taskExtras(entry: Entry): Partial<TaskData> {
  const retries = number(entry, 'max_retries', { min: 0, max: 20, isWhole: true });
  const guardrails = guardrailsOf(entry);
  const outputSchema = schemaOf(entry);
  return {
    ...(retries === undefined ? {} : { guardrailMaxRetries: retries }),
    ...readAttributes(entry, TASK_ATTRIBUTES),
    ...(guardrails.length === 0 ? {} : { guardrails }),
    ...(outputSchema ? { outputSchema } : {}),
  };
}

/** A list wins over a single one, as in CrewAI. A sentence is judged by a model; Python is told. */
function guardrailsOf(entry: Entry): Guardrail[] {
  const list = entry.fields.get('guardrails');
  const field = (list ?? null) === null ? 'guardrail' : 'guardrails';
  const written = entry.fields.get(field) ?? null;
  if (written === null) return [];
  return (Array.isArray(written) ? written : [written]).flatMap((item): Guardrail[] => {
    if (typeof item === 'string' && item.trim() !== '') return [{ kind: 'model', instruction: item.trim() }];
    warn(
      entry,
      field,
      item instanceof Code
        ? `${codeSentence(item)}; say in a sentence what an answer must fulfil.`
        : 'Only a sentence can be a guardrail here; this one was left out.',
    );
    return [];
  });
}

function schemaOf(entry: Entry): OutputSchema | undefined {
  for (const field of SCHEMAS) {
    const value = entry.fields.get(field) ?? null;
    if (value === null) continue;
    if (value instanceof AnswerModel) return modelOf(entry, field, value);
    const parsed = value instanceof Map ? OutputSchema.safeParse(fromMaps(value)) : undefined;
    if (parsed?.success && ('type' in parsed.data || 'properties' in parsed.data)) return parsed.data;
    const name = value instanceof Code ? value.source : (names({ ...entry, warnings: [] }, field)?.[0] ?? '');
    warn(
      entry,
      field,
      `What “${name.slice(0, 100)}” looks like stands in Python: give the task a JSON Schema instead.`,
    );
  }
  return undefined;
}

function modelOf(entry: Entry, field: string, { name, read }: AnswerModel): OutputSchema | undefined {
  const parsed = 'schema' in read ? OutputSchema.safeParse(read.schema) : undefined;
  if (parsed?.success) return parsed.data;
  const why = 'problem' in read ? read.problem : 'It is too long.';
  warn(
    entry,
    field,
    `What “${name.slice(0, 100)}” looks like could not be read from its class: give the task a JSON Schema instead. ${why}`,
  );
  return undefined;
}
