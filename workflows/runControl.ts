import type { ControlStep } from './plan.ts';
import type { NodePlace } from './Run.ts';
import { runApproval } from './runApproval.ts';
import { runLoop } from './runLoop.ts';
import { runMap } from './runMap.ts';
import { runRouter } from './runRouter.ts';
import { runSubCrew } from './runSubCrew.ts';
import { runWait } from './runWait.ts';
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
      return runApproval(place, node);
    default:
      return unreachable(node);
  }
}
