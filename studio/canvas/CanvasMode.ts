import { createContext, useContext } from 'react';

/** `read`: a crew as it was, to look at. */
export type CanvasMode = 'edit' | 'read';

export const CanvasModeContext = createContext<CanvasMode>('edit');

export const useCanvasMode = (): CanvasMode => useContext(CanvasModeContext);
