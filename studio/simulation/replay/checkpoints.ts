import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { emptyState, foldEvents, type SimulationState } from '#workflows/simulationState.ts';

// A fold of this many events takes a few milliseconds, and a checkpoint is two flat objects: seeking stays quick and
// ten thousand events stay small.
const EVERY = 200;

/** All that has happened in a simulation, with its state at every 200th event on the way. */
export interface History {
  /** Gapless from 1: the event with the number n stands at n - 1. */
  readonly events: readonly SimulationEvent[];
  /** The state after 0, 200, 400 ... events. */
  readonly checkpoints: readonly SimulationState[];
}

export const emptyHistory: History = { events: [], checkpoints: [emptyState] };

/** Adds what is new. What does not follow on what is there is left out: it comes again when the stream is resumed. */
export function addEvents(history: History, more: readonly SimulationEvent[]): History {
  const events = [...history.events];
  for (const event of more) if (event.seq === events.length + 1) events.push(event);
  if (events.length === history.events.length) return history;
  const checkpoints = [...history.checkpoints];
  while (checkpoints.length * EVERY <= events.length) {
    const from = (checkpoints.length - 1) * EVERY;
    checkpoints.push(foldEvents(checkpoints.at(-1) ?? emptyState, events.slice(from, from + EVERY)));
  }
  return { events, checkpoints };
}

/**
 * The state after the event `seq`. `near` is a state that was just shown: playing on from it folds the few events
 * between, instead of all since the checkpoint.
 */
export function stateAt(
  { events, checkpoints }: History,
  seq: number,
  near?: SimulationState,
): SimulationState {
  const wanted = Math.min(Math.max(0, seq), events.length);
  const checkpoint = checkpoints[Math.floor(wanted / EVERY)] ?? emptyState;
  const isNearer = near !== undefined && near.lastSeq <= wanted && near.lastSeq >= checkpoint.lastSeq;
  const from = isNearer ? near : checkpoint;
  return from.lastSeq === wanted ? from : foldEvents(from, events.slice(from.lastSeq, wanted));
}
