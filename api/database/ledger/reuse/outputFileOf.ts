import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';

/** The name under which the answer of a task is kept, inputs filled in. */
export const outputFileOf = ({
  task,
  inputs,
}: {
  readonly task: PlanTask;
  readonly inputs: ReadonlyMap<string, string>;
}): string | null => (task.outputFile === null ? null : fillPlaceholders(task.outputFile, inputs));
