import type { Message } from '../messages.ts';

/** What the tabs of one browser tell each other about a simulation that they look at. */
export type Told =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'connection'; readonly isLive: boolean }
  /** Somebody has come or was behind, and lacks the text that is being written. */
  | { readonly kind: 'hello' };

export interface Tabs {
  readonly tell: (told: Told) => void;
  /** Another tab then speaks with the api, if this one did. */
  readonly leave: () => void;
}

interface JoinTabs {
  readonly onTold: (told: Told) => void;
  /** This tab is to speak with the api from now on, for all of them. */
  readonly onSpeak: () => void;
}

export const canShare = (): boolean =>
  typeof BroadcastChannel !== 'undefined' && globalThis.navigator?.locks !== undefined;

/**
 * Joins the tabs that look at the same simulation. A browser allows six connections to one server, and a stream keeps
 * one: with one stream a tab the seventh would not even load. The browser itself hands the lock on when a tab closes.
 * Where it has none (an address without https) each tab speaks for itself.
 */
export function joinTabs(simulationId: string, { onTold, onSpeak }: JoinTabs): Tabs {
  if (!canShare()) {
    onSpeak();
    return { tell: () => undefined, leave: () => undefined };
  }
  const name = `troupe.simulation.${simulationId}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Told>) => onTold(data);
  const leaving = new AbortController();
  const { signal } = leaving;
  const left = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  navigator.locks
    .request(name, { signal }, () => {
      onSpeak();
      return left;
    })
    // Waiting for the lock ends with an error when one leaves before.
    .catch(() => undefined);
  return {
    tell: (told) => {
      if (!signal.aborted) channel.postMessage(told);
    },
    leave: () => {
      leaving.abort();
      channel.close();
    },
  };
}
