import { type LucideIcon, Plus, Trash2 } from 'lucide-react';
import { EdgeLabelRenderer } from 'reactflow';
import { useCanvasStore } from '../CanvasContext.ts';
import { insertOnEdge } from '../commands/insertOnEdge.ts';
import { removeEdges } from '../commands/removeSelection.ts';
import { enterEdge, leaveEdge } from '../gestures/hoveredEdge.ts';
import styles from './WireTools.module.css';

interface WireToolsProps {
  readonly edgeId: string;
  readonly x: number;
  readonly y: number;
  readonly isSelected: boolean;
}

/** In the middle of a line: put a task on it, or take it away. */
export function WireTools({ edgeId, x, y, isSelected }: WireToolsProps) {
  const store = useCanvasStore();
  const act = (run: () => void) => ({ edgeId, onClick: run });
  return (
    <EdgeLabelRenderer>
      <div
        className={`nodrag nopan ${styles.tools}`}
        data-edge-id={edgeId}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      >
        <Tool label="Put a task on this line" icon={Plus} {...act(() => insertOnEdge(store, edgeId))} />
        {isSelected && (
          <Tool label="Remove this line" icon={Trash2} {...act(() => removeEdges(store, [edgeId]))} />
        )}
      </div>
    </EdgeLabelRenderer>
  );
}

interface ToolProps {
  readonly edgeId: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onClick: () => void;
}

const Tool = ({ edgeId, label, icon: Icon, onClick }: ToolProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onMouseEnter={() => enterEdge(edgeId)}
    onMouseLeave={leaveEdge}
    onClick={onClick}
  >
    <Icon aria-hidden />
  </button>
);
