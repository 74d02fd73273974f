import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { ViewControl } from './useView.ts';
import { positionAt, type Scale } from './view.ts';

// As fast as maps are.
const ZOOM_A_PIXEL = 0.0022;

/** Ctrl and the wheel come nearer; the wheel to the side moves along. */
export function useWheel(element: RefObject<HTMLElement | null>, scale: Scale, control: ViewControl): void {
  const turn = useEffectEvent((event: WheelEvent) => {
    const { zoom, pan, isWhole, view } = control;
    const left = element.current?.getBoundingClientRect().left ?? 0;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(Math.exp(event.deltaY * ZOOM_A_PIXEL), positionAt(scale, event.clientX - left));
      return;
    }
    const aside = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (isWhole || aside === 0) return;
    event.preventDefault();
    pan((aside / Math.max(1, scale.width)) * (view.to - view.from));
  });
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    // React listens passively, and then the browser zooms the whole page.
    const handle = (event: WheelEvent) => turn(event);
    watched.addEventListener('wheel', handle, { passive: false });
    return () => watched.removeEventListener('wheel', handle);
  }, [element]);
}
