import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { MiniMap, type ReactFlowState, useStore } from 'reactflow';
import { castColour } from '../../ui/castColour.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import type { FlowNode } from '../flow/toFlow.ts';
import { useStageView } from '../flow/useStageView.ts';
import styles from './ZoomDock.module.css';

const selectZoom = ({ transform }: ReactFlowState) => Math.round(transform[2] * 100);

interface ZoomDockProps {
  /** What else can be done with the view. */
  readonly children?: ReactNode;
}

/** How near the stage is seen, in its lower left corner. */
export function ZoomDock({ children }: ZoomDockProps) {
  const zoom = useStore(selectZoom);
  const view = useStageView();
  const [hasMap, setHasMap] = useState(false);
  return (
    <>
      {hasMap && (
        <MiniMap<FlowNode>
          position="bottom-left"
          className={styles.map}
          pannable
          zoomable
          nodeColor={colourOf}
          nodeStrokeWidth={0}
        />
      )}
      <div className={`card ${styles.dock}`}>
        <IconAction label="Zoom out" keys="−" icon={Minus} size="small" onClick={view.zoomOut} />
        <button type="button" className={`mono ${styles.zoom}`} title="To 100 %" onClick={view.zoomToFull}>
          {zoom} %
        </button>
        <IconAction label="Zoom in" keys="+" icon={Plus} size="small" onClick={view.zoomIn} />
        <IconAction label="Show all" keys="F" icon={Maximize} size="small" onClick={view.fit} />
        <IconAction
          label="Small map"
          icon={MapIcon}
          size="small"
          isPressed={hasMap}
          onClick={() => setHasMap(!hasMap)}
        />
        {children}
      </div>
    </>
  );
}

const colourOf = ({ data, type }: FlowNode) =>
  type === 'note' ? 'var(--spot-soft)' : castColour(data.member?.index ?? -1);
