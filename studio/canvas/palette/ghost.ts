import { create } from 'zustand';
import type { Point } from '../gestures/underPointer.ts';
import type { PaletteItem } from './paletteItems.ts';

interface Ghost extends Point {
  readonly item: PaletteItem;
}

/** What is on its way from the palette to the stage. */
export const useGhost = create<{ readonly ghost: Ghost | null }>()(() => ({ ghost: null }));
