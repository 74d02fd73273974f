import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';

/** A moment worth a sign above the lanes. */
export interface Mark {
  readonly seq: number;
  readonly at: string;
  readonly title: string;
}

export const marksOf = (events: readonly SimulationEvent[]): Mark[] =>
  events.flatMap((event) => {
    const title = titleOf(event);
    return title ? [{ seq: event.seq, at: event.at, title }] : [];
  });

function titleOf(event: SimulationEvent): string | undefined {
  switch (event.type) {
    case 'simulation.paused':
      return event.data.by ? `Paused by ${event.data.by}` : 'Paused';
    case 'simulation.resumed':
      return event.data.by ? `${event.data.by} let it go on` : 'Went on';
    case 'simulation.retried':
      return 'Tried again';
    case 'simulation.failed':
      return event.data.failure.message;
    case 'simulation.cancelled':
      return event.data.by ? `Stopped by ${event.data.by}` : 'Stopped';
    default:
      return undefined;
  }
}
