import { Button } from '@mui/material';
import { Face } from '../ui/Face.tsx';
import { useCanvas, useCanvasStore } from './CanvasContext.ts';
import { addNode } from './commands/addNode.ts';
import styles from './EmptyStage.module.css';
import { useStageView } from './flow/useStageView.ts';
import { focusField } from './gestures/focusField.ts';

/** A stage with nobody on it. */
export function EmptyStage() {
  const isEmpty = useCanvas(({ graph }) => graph.nodes.length === 0);
  const store = useCanvasStore();
  const view = useStageView();
  if (!isEmpty) return null;
  const handleAdd = () => {
    const id = addNode(store, 'agent', { centre: view.centre() });
    if (id) focusField(id, 'name');
  };
  return (
    <div className={styles.empty}>
      <Face name="Writer" index={0} size={64} isDecorative />
      <h2>Who is in it?</h2>
      <p className="muted">Put an agent on the stage, then a task, and draw a line between them.</p>
      <Button variant="contained" color="primary" onClick={handleAdd}>
        Add the first agent
      </Button>
    </div>
  );
}
