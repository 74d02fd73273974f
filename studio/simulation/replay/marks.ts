import type { EventOf, SimulationEvent, WaitingFor } from '#workflows/graph/eventSchema.ts';

/** A moment worth a sign above the lanes. */
export interface Mark {
  readonly seq: number;
  readonly at: string;
  readonly title: string;
  /** Ends of tasks are many, and drawn smaller. */
  readonly isMinor: boolean;
}

/** A fork of the simulation that is looked at: where it parted, and what it does otherwise. */
interface Parted {
  readonly atSeq: number | null;
  readonly fromPath: string | null;
  readonly title: string;
}

interface MarksOf {
  readonly events: readonly SimulationEvent[];
  /** What a task is called. */
  readonly nameOf: (nodeId: string) => string;
  readonly forks?: readonly Parted[];
}

/** The signs, in order. */
export function marksOf({ events, nameOf, forks = [] }: MarksOf): Mark[] {
  const told = events.flatMap((event) => {
    const title = titleOf(event, nameOf);
    const isMinor = event.type === 'task.completed';
    return title ? [{ seq: event.seq, at: event.at, title, isMinor }] : [];
  });
  const parted = forks.flatMap((fork) => {
    const event = placeOf(fork, events);
    return event ? [{ seq: event.seq, at: event.at, title: `Forked: ${fork.title}`, isMinor: false }] : [];
  });
  return parted.length === 0 ? told : [...told, ...parted].sort((a, b) => a.seq - b.seq);
}

/** Seqs have no gap, so that an event stands at its number. */
function placeOf({ atSeq, fromPath }: Parted, events: readonly SimulationEvent[]) {
  if (atSeq !== null) return events[Math.max(0, atSeq - 1)];
  return events.find(({ type, data }) => type === 'step.started' && data.path === fromPath);
}

interface MarkFrom {
  /** Where one is, on the line of time. */
  readonly position: number;
  readonly positionOf: (mark: Mark) => number;
  readonly direction: 1 | -1;
}

/**
 * The next sign that matters, or the one before; ends of tasks are too many to be jumped to. By place and not by
 * number: several may lie in one instant, which is one place to go to.
 */
export function markFrom(
  marks: readonly Mark[],
  { position, positionOf, direction }: MarkFrom,
): Mark | undefined {
  const major = marks.filter(({ isMinor }) => !isMinor);
  return direction === 1
    ? major.find((mark) => positionOf(mark) > position)
    : major.findLast((mark) => positionOf(mark) < position);
}

const USED_UP: Readonly<Partial<Record<WaitingFor['kind'], string>>> = {
  budget: 'The budget was used up',
  tokens: 'The tokens were used up',
};

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
      return USED_UP[event.data.waitingFor.kind];
    case 'question.asked':
      return `Asked: ${event.data.title}`;
    case 'question.answered':
      return answeredWords(event.data);
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

function answeredWords({ by, outcome }: EventOf<'question.answered'>['data']): string {
  if (by === null) return 'Nobody answered in time';
  return outcome === null ? `${by} answered` : `${by} answered: ${outcome}`;
}
