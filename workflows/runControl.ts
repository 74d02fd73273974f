import type { ControlStep } from './plan.ts';
import type { NodePlace } from './Run.ts';
import { runLoop } from './runLoop.ts';
import { runMap } from './runMap.ts';
import { runRouter } from './runRouter.ts';
import { runSubCrew } from './runSubCrew.ts';
import { runWait } from './runWait.ts';
import { NodeFailure } from './toFailure.ts';
import { unreachable } from './unreachable.ts';

/** A node that decides or repeats. It has ended when it says so in `ended`; else it was drained. */
export function runControl(place: NodePlace, node: ControlStep): Promise<void> {
  switch (node.kind) {
    case 'router':
      return runRouter(place, node);
    case 'map':
      return runMap(place, node);
    case 'loop':
      return runLoop(place, node);
    case 'wait':
      return runWait(place, node);
    case 'crew':
      return runSubCrew(place, node);
    case 'approval':
      throw new NodeFailure({
        code: 'engine.badPlan',
        message: 'Approvals cannot run in this version.',
        path: null,
      });
    default:
      return unreachable(node);
  }
}
