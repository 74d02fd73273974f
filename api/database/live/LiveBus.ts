import type { Delta } from '#workflows/graph/eventSchema.ts';

/**
 * What travels besides the database: that events up to `seq` exist (ids only; the follower reads them), or a
 * piece of an answer that is being written. A courtesy: losing one loses an animation, never a fact.
 */
export type LiveMessage =
  | { readonly kind: 'events'; readonly simulationId: string; readonly seq: number }
  | { readonly kind: 'delta'; readonly simulationId: string; readonly delta: Delta };

export interface LiveBus {
  /** Sends soon, joined with others; never throws and never waits. Call it after commit. */
  publish(message: LiveMessage): void;
  /** Resolves when messages published from now on will arrive. The returned function ends it. */
  subscribe(simulationId: string, onMessage: (message: LiveMessage) => void): Promise<() => void>;
  close(): Promise<void>;
}
