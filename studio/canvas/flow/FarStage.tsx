import type { ReactNode } from 'react';
import { type ReactFlowState, useStore } from 'reactflow';
import { FAR_ZOOM, FarContext } from '../FarContext.ts';

const selectIsFar = ({ transform }: ReactFlowState) => transform[2] < FAR_ZOOM;

/** Tells nodes when they are too small to be read. */
export const FarStage = ({ children }: { readonly children: ReactNode }) => (
  <FarContext value={useStore(selectIsFar)}>{children}</FarContext>
);
