import { Button } from '@mui/material';
import { Copy, Trash2 } from 'lucide-react';
import { plural } from '../../ui/formats.ts';
import { useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { duplicateSelection } from '../commands/clipboard.ts';
import { removeSelection } from '../commands/removeSelection.ts';
import styles from './EdgePanel.module.css';

export function ManyPanel() {
  const { nodes, edges } = useCanvas((state) => state.selection);
  const store = useCanvasStore();
  const parts = [
    ...(nodes.length > 0 ? [plural(nodes.length, 'card')] : []),
    ...(edges.length > 0 ? [plural(edges.length, 'line')] : []),
  ];
  return (
    <>
      <h2 className={styles.title}>{parts.join(' and ')} chosen</h2>
      {nodes.length > 0 && (
        <Button onClick={() => duplicateSelection(store)}>
          <Copy aria-hidden />
          Duplicate
        </Button>
      )}{' '}
      <Button onClick={() => removeSelection(store)}>
        <Trash2 aria-hidden />
        Remove
      </Button>
    </>
  );
}
