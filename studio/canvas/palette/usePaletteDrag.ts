import { type PointerEvent as ReactPointerEvent, useRef } from 'react';
import { useCanvasStore } from '../CanvasContext.ts';
import { useStageView } from '../flow/useStageView.ts';
import { targetAt } from '../gestures/underPointer.ts';
import { dropItem } from './dropItem.ts';
import { useGhost } from './ghost.ts';
import type { PaletteItem } from './paletteItems.ts';

// Less is a tap by an unsteady hand.
const DRAG_FROM = 6;

/**
 * Dragging by pointer events, which mouse, pen and finger all have; the browser's own drag and drop does nothing under
 * a finger. What was only tapped stays a click.
 */
export function usePaletteDrag(item: PaletteItem, onTap: () => void) {
  const store = useCanvasStore();
  const view = useStageView();
  const wasDragged = useRef(false);

  const onPointerDown = (down: ReactPointerEvent<HTMLElement>) => {
    if (down.button !== 0) return;
    wasDragged.current = false;
    const move = (event: PointerEvent) => {
      const distance = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (!wasDragged.current && distance < DRAG_FROM) return;
      wasDragged.current = true;
      useGhost.setState({ ghost: { item, x: event.clientX, y: event.clientY } });
    };
    const stop = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', stop);
      removeEventListener('keydown', giveUp);
      useGhost.setState({ ghost: null });
    };
    const drop = (event: PointerEvent) => {
      stop();
      if (!wasDragged.current) return;
      const point = { x: event.clientX, y: event.clientY };
      dropItem(store, item, targetAt(point), view.toStage(point));
    };
    const giveUp = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', stop);
    addEventListener('keydown', giveUp);
  };

  const onClick = () => {
    if (!wasDragged.current) onTap();
    wasDragged.current = false;
  };
  return { onPointerDown, onClick };
}
