import type { NewEvent } from './graph/eventSchema.ts';
import { inScope, nodeKey } from './names.ts';

/** Of a node whose last step does not end it by itself. */
export const completedEvent = (scope: string, nodeId: string, path: string): NewEvent => ({
  key: `task.completed:${nodeKey(scope, nodeId)}`,
  type: 'task.completed',
  data: { nodeId, ...inScope(scope), path },
});
