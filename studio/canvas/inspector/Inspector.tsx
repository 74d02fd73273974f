import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { IconAction } from '../../ui/IconAction.tsx';
import { useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { nothing } from '../store/selection.ts';
import { CrewPanel } from './CrewPanel.tsx';
import { EdgePanel } from './EdgePanel.tsx';
import styles from './Inspector.module.css';
import { Locked } from './Locked.tsx';
import { ManyPanel } from './ManyPanel.tsx';
import { NodePanel } from './NodePanel.tsx';

/** What is chosen, to be written on; the crew itself when nothing is. A sheet that unfolds on a phone. */
export function Inspector() {
  const { nodes, edges } = useCanvas((state) => state.selection);
  const store = useCanvasStore();
  const isChosen = nodes.length + edges.length > 0;
  const [isUnfolded, setIsUnfolded] = useState(false);
  return (
    <aside
      className={styles.inspector}
      aria-label="Inspector"
      data-chosen={isChosen}
      data-unfolded={isUnfolded}
    >
      <span className={styles.sheetTools}>
        <IconAction
          label={isUnfolded ? 'Fold' : 'Unfold'}
          icon={isUnfolded ? ChevronDown : ChevronUp}
          size="small"
          onClick={() => setIsUnfolded(!isUnfolded)}
        />
        <IconAction label="Close" icon={X} size="small" onClick={() => store.getState().select(nothing)} />
      </span>
      <Panel nodes={nodes} edges={edges} />
    </aside>
  );
}

function Panel({ nodes, edges }: { readonly nodes: readonly string[]; readonly edges: readonly string[] }) {
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length === 1 && node !== undefined) return <NodePanel key={node} id={node} />;
  if (nodes.length === 0 && edges.length === 1 && edge !== undefined)
    return (
      <Locked key={edge}>
        <EdgePanel id={edge} />
      </Locked>
    );
  if (nodes.length + edges.length > 1) return <ManyPanel />;
  return (
    <Locked>
      <CrewPanel />
    </Locked>
  );
}
