import type { ReactNode } from 'react';
import { type ReactFlowState, useStore } from 'reactflow';
import { FAR_ZOOM, FarContext } from '../FarContext.ts';

const selectIsFar = ({ transform }: ReactFlowState) => transform[2] < FAR_ZOOM;

/** As many cards are drawn whole from however far: blocks without names would be all there is to see of a small crew. */
const FEW = 60;

interface FarStageProps {
  /** How many cards there are. */
  readonly count: number;
  readonly children: ReactNode;
}

/** Tells nodes when they are too small to be read, and too many to be drawn in full. */
export function FarStage({ count, children }: FarStageProps) {
  const isFar = useStore(selectIsFar);
  return <FarContext value={isFar && count > FEW}>{children}</FarContext>;
}
