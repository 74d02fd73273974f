import { createStore, type StoreApi } from 'zustand';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { applyDelta, emptyState, foldEvents, type SimulationState } from '#workflows/simulationState.ts';
import { isDelta, type Message } from './messages.ts';

/** How the stream of events is doing. `ended`: the simulation is closed, nothing more will come. */
type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface RunState {
  readonly simulationId: string | null;
  readonly state: SimulationState;
  readonly connection: Connection;
  /** The last of what happened, in order, for those who want to read it. */
  readonly events: readonly SimulationEvent[];
  /** Folds what came since the last commit, in its order, in one go. */
  readonly commit: (messages: readonly Message[]) => void;
  readonly connect: (connection: Connection) => void;
}

// Older ones are on the server; a canvas that is open for days keeps its memory. Whoever looks back needs them all.
const EVENTS_KEPT = 5_000;

interface RunStoreOptions {
  readonly keepsAll?: boolean;
}

export type RunStore = StoreApi<RunState>;

/** What a simulation looks like now. Apart from the graph, so that a status never reaches undo or autosave. */
export const createRunStore = (
  simulationId: string | null,
  { keepsAll = false }: RunStoreOptions = {},
): RunStore =>
  createStore<RunState>()((set) => ({
    simulationId,
    state: emptyState,
    connection: 'connecting',
    events: [],
    commit: (messages) =>
      set(({ state, events }) => ({
        state: foldMessages(state, messages),
        events: withNew(events, messages, {
          lastSeq: state.lastSeq,
          kept: keepsAll ? Number.MAX_SAFE_INTEGER : EVENTS_KEPT,
        }),
      })),
    connect: (connection) => set({ connection }),
  }));

/** Events and pieces of text in the order they came; events that were folded before change nothing. */
function foldMessages(state: SimulationState, messages: readonly Message[]): SimulationState {
  let current = state;
  let events: SimulationEvent[] = [];
  const settle = () => {
    if (events.length > 0) current = foldEvents(current, events);
    events = [];
  };
  for (const message of messages) {
    if (isDelta(message)) {
      settle();
      current = applyDelta(current, message.data);
    } else events.push(message);
  }
  settle();
  return current;
}

function withNew(
  events: readonly SimulationEvent[],
  messages: readonly Message[],
  { lastSeq, kept }: { readonly lastSeq: number; readonly kept: number },
) {
  let seq = lastSeq;
  const fresh = messages.filter((message): message is SimulationEvent => {
    if (isDelta(message) || message.seq <= seq) return false;
    seq = message.seq;
    return true;
  });
  return fresh.length === 0 ? events : [...events, ...fresh].slice(-kept);
}

export const isClosed = (status: SimulationState['status']): boolean =>
  status === 'completed' || status === 'cancelled' || status === 'failed';
