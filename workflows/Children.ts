import { CancellationScope, condition, defineSignal } from '@temporalio/workflow';
import type { CrewOrder, CrewReport, CrewResult } from './activities.ts';
import type { Gate } from './gate.ts';
import { SIGNALS } from './names.ts';
import type { Waits } from './Waits.ts';

export const orderSignal = defineSignal<[CrewOrder]>(SIGNALS.order);
export const reportSignal = defineSignal<[CrewReport]>(SIGNALS.report);

/** As much of a child's handle as is needed. */
interface Child {
  signal(definition: typeof orderSignal, order: CrewOrder): Promise<void>;
  result(): Promise<CrewResult>;
}

interface Running {
  report: CrewReport;
  /** A report came that this crew has to answer. */
  mustAnswer: boolean;
}

interface During {
  readonly gate: Gate;
  readonly mayStart: () => boolean;
}

/** Sub-crews that run now. Each is in flight unless it says that it waits. */
export class Children {
  readonly #running = new Map<string, Running>();
  readonly #waits: Waits;
  readonly #gate: Gate;

  constructor(gate: Gate, waits: Waits) {
    this.#gate = gate;
    this.#waits = waits;
  }

  /** Sets state only, like the handler of a command. */
  hear(report: CrewReport): void {
    const child = this.#running.get(report.scope);
    if (!child) return;
    if (report.held) this.#gate.obey(report.held.reason, report.held.seq);
    if (report.isIdle !== child.report.isIdle) this.#gate.inFlight += report.isIdle ? -1 : 1;
    this.#waits.remove(report.scope);
    if (report.isIdle && report.wait) this.#waits.add({ ...report.wait, path: report.scope });
    child.mustAnswer = true;
    child.report = report;
  }

  /** Hands on what is ordered until the child has ended. */
  async during(scope: string, child: Child, { gate, mayStart }: During): Promise<CrewResult> {
    const running: Running = { report: { scope, isIdle: false, wait: null }, mustAnswer: true };
    this.#running.set(scope, running);
    gate.inFlight += 1;
    let isOver = false;
    const orders = handOn();
    try {
      return await child.result();
    } finally {
      isOver = true;
      if (!running.report.isIdle) gate.inFlight -= 1;
      this.#waits.remove(scope);
      this.#running.delete(scope);
      await orders;
    }

    async function handOn(): Promise<void> {
      await CancellationScope.nonCancellable(async () => {
        let told = '';
        const order = (): CrewOrder => ({ seq: gate.lastSeq, isOpen: gate.isOpen, mustDrain: !mayStart() });
        for (;;) {
          await condition(() => isOver || running.mustAnswer || JSON.stringify(order()) !== told);
          if (isOver) return;
          running.mustAnswer = false;
          told = JSON.stringify(order());
          // It may have closed just now; then its result is on its way.
          await child.signal(orderSignal, order()).catch(() => undefined);
        }
      });
    }
  }
}
