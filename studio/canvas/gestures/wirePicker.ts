import { create } from 'zustand';
import type { Position } from '#workflows/graph/schema.ts';
import type { HeldEnd } from './connecting.ts';

/** A wire that was let go over the empty stage: what could stand at its other end is asked there. */
export interface DroppedWire {
  readonly held: HeldEnd;
  /** On the screen. */
  readonly x: number;
  readonly y: number;
  /** On the stage. */
  readonly centre: Position;
}

export const useWirePicker = create<{ readonly dropped: DroppedWire | null }>()(() => ({ dropped: null }));

export const askForEnd = (dropped: DroppedWire | null): void => useWirePicker.setState({ dropped });
