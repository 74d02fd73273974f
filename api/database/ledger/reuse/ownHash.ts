import type { PlanTask } from '#workflows/graph/planSchema.ts';
import { Contents } from '../contents.ts';
import { modelRequestHash } from '../requestHash.ts';
import type { Composing } from '../requests/Composing.ts';
import { composeRequest } from '../requests/composeRequest.ts';

export type OwnRequest = Pick<Composing, 'plan' | 'task' | 'agent' | 'inputs' | 'clock'>;

/**
 * Hash of what a task asks for by itself, whatever it reads. An answer that a person gave holds as long as it stays
 * the same; what the task would have read may not even be known. Never equal to the hash of a request.
 */
export function ownHash(own: OwnRequest): string {
  const alone: PlanTask = { ...own.task, context: { tasks: [] } };
  const { added, tools, settings } = composeRequest({
    ...own,
    task: alone,
    what: { previousPath: null, toolPaths: [], isForced: false },
    answers: new Map(),
    stepText: (path) => ({ text: path }),
    contents: new Contents(),
  });
  const { promptVersion, tools: brought } = own.plan;
  return `own:${modelRequestHash({ promptVersion, settings, tools, brought, previous: null, added })}`;
}
