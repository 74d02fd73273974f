import type { Failure, NewEvent, SimulationStatus, WaitingFor } from '#workflows/graph/eventSchema.ts';

/** Columns of a simulation's row that an event decides. The same rules as the fold in `simulationState.ts`. */
export interface StatusChange {
  readonly status: SimulationStatus;
  readonly waitingFor: WaitingFor | null;
  readonly failure: Failure | null;
  readonly outputPath: string | null;
  readonly isOver: boolean;
}

const running: StatusChange = {
  status: 'running',
  waitingFor: null,
  failure: null,
  outputPath: null,
  isOver: false,
};

/** What the row says after these events; null when none of them concerns it. */
export function statusAfter(events: readonly NewEvent[]): StatusChange | null {
  return events.reduce<StatusChange | null>((before, event) => changeOf(event) ?? before, null);
}

function changeOf(event: NewEvent): StatusChange | null {
  switch (event.type) {
    case 'simulation.started':
    case 'simulation.resumed':
    // A step that starts ends a wait for a provider or for the engine.
    case 'step.started':
      return running;
    case 'simulation.waiting':
      return { ...running, status: 'waiting', waitingFor: event.data.waitingFor };
    case 'simulation.paused':
      return {
        ...running,
        status: 'waiting',
        waitingFor: { kind: 'paused', until: null, by: event.data.by },
      };
    case 'simulation.retried':
      return { ...running, status: 'queued' };
    case 'simulation.completed':
      return { ...running, status: 'completed', outputPath: event.data.outputPath, isOver: true };
    case 'simulation.failed':
      return { ...running, status: 'failed', failure: event.data.failure, isOver: true };
    case 'simulation.cancelled':
      return { ...running, status: 'cancelled', isOver: true };
    default:
      return null;
  }
}
