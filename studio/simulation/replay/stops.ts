import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { Moment } from './moment.ts';
import { positionOf, positionOfSeq, type StageClock } from './stageClock.ts';

const STOPS_AT: ReadonlySet<string> = new Set([
  'step.completed',
  'step.failed',
  'step.reused',
  'simulation.waiting',
  'simulation.paused',
  'simulation.resumed',
  'simulation.retried',
  'simulation.failed',
]);

/** Where stepping stops, as numbers of events: the beginning, whatever ended, and the end. */
export function stopsOf(events: readonly SimulationEvent[], clock: StageClock): number[] {
  const wanted = new Set<number>();
  const last = events.length;
  events.forEach(({ seq, type }) => {
    const isEdge = positionOfSeq(clock, seq) === 0 || seq === last;
    if (isEdge || STOPS_AT.has(type)) wanted.add(lastOfInstant(clock, seq));
  });
  return [...wanted];
}

/** Events of one transaction happen in one instant: one stops after the last of them. */
function lastOfInstant({ positions }: StageClock, seq: number): number {
  let last = seq;
  while (last + 1 < positions.length && positions[last + 1] === positions[seq]) last += 1;
  return last;
}

/** The stop before this moment; undefined at the beginning. */
export const stopBefore = (stops: readonly number[], clock: StageClock, moment: Moment): number | undefined =>
  stops.findLast((seq) => positionOfSeq(clock, seq) < positionOf(clock, moment));

/** The stop after this moment; undefined behind the last. */
export const stopAfter = (stops: readonly number[], clock: StageClock, moment: Moment): number | undefined =>
  stops.find((seq) => positionOfSeq(clock, seq) > positionOf(clock, moment));
