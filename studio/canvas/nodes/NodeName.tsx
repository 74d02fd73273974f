import { type KeyboardEvent, useState } from 'react';
import { useCanvasStore } from '../CanvasContext.ts';
import { useCanvasMode } from '../CanvasMode.ts';
import { renameNode } from '../commands/renameNode.ts';
import { startRenaming, stopRenaming, useRenaming } from '../gestures/renaming.ts';
import styles from './NodeName.module.css';

interface NodeNameProps {
  readonly id: string;
  readonly name: string;
}

/** The name on a node. Double click (or F2) to write another; Enter keeps it, Escape does not. */
export function NodeName({ id, name }: NodeNameProps) {
  const isRenaming = useRenaming((state) => state.nodeId === id);
  const isEditable = useCanvasMode() === 'edit';
  if (isRenaming) return <NameInput id={id} name={name} />;
  return (
    <h2 className={styles.name} title={name} onDoubleClick={isEditable ? () => startRenaming(id) : undefined}>
      {name || 'Nameless'}
    </h2>
  );
}

function NameInput({ id, name }: NodeNameProps) {
  const [text, setText] = useState(name);
  const store = useCanvasStore();
  const keep = () => {
    if (text.trim() !== '') renameNode(store, id, text.trim());
    stopRenaming();
  };
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    if (event.key === 'Escape') stopRenaming();
  };
  return (
    <input
      className={`nodrag nopan ${styles.input}`}
      aria-label="Name"
      value={text}
      maxLength={120}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={handleKey}
      onBlur={keep}
      ref={selectOnce}
    />
  );
}

/** Stands outside the component, so that it runs once and not at every key. */
function selectOnce(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
