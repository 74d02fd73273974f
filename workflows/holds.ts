import { CancellationScope, condition } from '@temporalio/workflow';
import type { Gate } from './gate.ts';
import type { StepRunner } from './stepRunner.ts';

interface TellHolds {
  readonly gate: Gate;
  readonly steps: StepRunner;
  readonly isOver: () => boolean;
}

/**
 * Puts pauses on record: when nothing is in flight any more it is paused, and only when its end is on record does
 * work start again. A pause taken back before that leaves no trace.
 */
export async function tellHolds({ gate, steps, isOver }: TellHolds): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => isOver() || gate.isCancelled || !gate.isOpen);
      if (isOver() || gate.isCancelled) return;
      await condition(() => isOver() || gate.isCancelled || !gate.hold || gate.inFlight === 0);
      if (isOver() || gate.isCancelled) return;
      if (gate.hold) await tellHold({ gate, steps, isOver });
      if (!gate.hold) gate.open();
    }
  });
}

async function tellHold({ gate, steps, isOver }: TellHolds): Promise<void> {
  const hold = gate.hold;
  if (!hold) return;
  const { seq, by, reason } = hold;
  await steps.record([
    reason === 'pause'
      ? { key: `paused:${seq}`, type: 'simulation.paused', data: { by } }
      : {
          key: `${reason}:${seq}`,
          type: 'simulation.waiting',
          data: { waitingFor: { kind: reason, until: null, by: null } },
        },
  ]);
  await condition(() => isOver() || gate.isCancelled || !gate.hold);
  if (isOver() || gate.isCancelled) return;
  await steps.record([{ key: `resumed:${gate.lastSeq}`, type: 'simulation.resumed', data: { by: null } }]);
}
