import type { SimulationEvent, StepKind } from '#workflows/graph/eventSchema.ts';
import { positionOfSeq, type StageClock } from '../replay/stageClock.ts';

/** A step on the line of time. */
export interface Bar {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: StepKind;
  readonly tool: string | null;
  readonly from: number;
  /** Null while it is at work. */
  readonly to: number | null;
  readonly isReused: boolean;
}

/** All steps, in the order in which they began. A step that was tried again is one bar, from its first try on. */
export function barsOf(events: readonly SimulationEvent[], clock: StageClock): Bar[] {
  const bars = new Map<string, Bar>();
  const end = (path: string, seq: number) => {
    const bar = bars.get(path);
    if (bar) bars.set(path, { ...bar, to: positionOfSeq(clock, seq) });
  };
  for (const { type, seq, data } of events) {
    if (type === 'step.started') {
      const { path, nodeId, kind, tool } = data;
      const from = bars.get(path)?.from ?? positionOfSeq(clock, seq);
      bars.set(path, { path, nodeId, kind, tool, from, to: null, isReused: false });
    } else if (type === 'step.reused') {
      const { path, nodeId, kind, tool = null } = data;
      const to = positionOfSeq(clock, seq);
      bars.set(path, { path, nodeId, kind, tool, from: to - clock.takenMs, to, isReused: true });
    } else if (type === 'step.completed' || (type === 'step.failed' && data.retryAt === null)) {
      end(data.path, seq);
    } else if (CLOSING.has(type)) {
      for (const { path, to } of bars.values()) if (to === null) end(path, seq);
    }
  }
  return [...bars.values()];
}

const CLOSING: ReadonlySet<string> = new Set([
  'simulation.completed',
  'simulation.failed',
  'simulation.cancelled',
]);
