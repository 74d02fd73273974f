import { useEffect, useEffectEvent } from 'react';
import { isInOverlay, isWriting } from '../ui/shortcuts.ts';
import { useCanvasStore } from './CanvasContext.ts';
import { copyText, pasteClipping, readClipping } from './commands/clipboard.ts';
import { removeSelection } from './commands/removeSelection.ts';
import { useStageView } from './flow/useStageView.ts';
import type { Point } from './gestures/underPointer.ts';

/** Copy, cut and paste by the browser's own events: they need no permission and reach other tabs. */
export function useClipboard(): void {
  const store = useCanvasStore();
  const view = useStageView();
  const isOurs = (event: ClipboardEvent) =>
    !isWriting(event.target) && !isInOverlay(event.target) && document.getSelection()?.isCollapsed !== false;

  const handleCopy = useEffectEvent((event: ClipboardEvent) => {
    const text = isOurs(event) ? copyText(store) : undefined;
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    if (event.type === 'cut') removeSelection(store);
  });
  const handlePaste = useEffectEvent((event: ClipboardEvent, pointer: Point | null) => {
    const clipping = isOurs(event)
      ? readClipping(event.clipboardData?.getData('text/plain') ?? '')
      : undefined;
    if (!clipping) return;
    event.preventDefault();
    pasteClipping(store, clipping, pointer ? view.toStage(pointer) : view.centre());
  });

  useEffect(() => {
    let pointer: Point | null = null;
    const move = (event: PointerEvent) => {
      const isOnStage = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      pointer = isOnStage ? { x: event.clientX, y: event.clientY } : null;
    };
    const copy = (event: ClipboardEvent) => handleCopy(event);
    const paste = (event: ClipboardEvent) => handlePaste(event, pointer);
    document.addEventListener('pointermove', move);
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, []);
}
