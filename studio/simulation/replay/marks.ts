import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';

/** A moment worth a sign above the lanes. */
export interface Mark {
  readonly seq: number;
  readonly at: string;
  readonly title: string;
  /** Ends of tasks are many, and drawn smaller. */
  readonly isMinor: boolean;
}

/** The signs, in order. `nameOf` tells what a task is called. */
export const marksOf = (events: readonly SimulationEvent[], nameOf: (nodeId: string) => string): Mark[] =>
  events.flatMap((event) => {
    const title = titleOf(event, nameOf);
    const isMinor = event.type === 'task.completed';
    return title ? [{ seq: event.seq, at: event.at, title, isMinor }] : [];
  });

function titleOf(event: SimulationEvent, nameOf: (nodeId: string) => string): string | undefined {
  switch (event.type) {
    case 'task.completed':
      return `${nameOf(event.data.nodeId)} is done`;
    case 'task.failed':
      return `${nameOf(event.data.nodeId)} failed`;
    case 'step.failed':
      return event.data.retryAt ? `${nameOf(event.data.nodeId)} has to wait` : undefined;
    case 'simulation.paused':
      return event.data.by ? `Paused by ${event.data.by}` : 'Paused';
    case 'simulation.resumed':
      return event.data.by ? `${event.data.by} let it go on` : 'Went on';
    case 'simulation.waiting':
      return event.data.waitingFor.kind === 'budget' ? 'The budget was used up' : undefined;
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
