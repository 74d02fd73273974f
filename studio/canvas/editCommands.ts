import {
  Copy,
  LayoutGrid,
  ListChecks,
  PencilLine,
  Redo2,
  SquareDashed,
  Trash2,
  Undo2,
  UserPlus,
} from 'lucide-react';
import type { Command } from '../ui/commands.ts';
import { isWriting } from '../ui/shortcuts.ts';
import { addNode } from './commands/addNode.ts';
import { duplicateSelection } from './commands/clipboard.ts';
import { removeSelection } from './commands/removeSelection.ts';
import type { StageView } from './flow/useStageView.ts';
import { focusField } from './gestures/focusField.ts';
import { focusNode } from './gestures/focusNode.ts';
import { startRenaming } from './gestures/renaming.ts';
import { newNote } from './palette/paletteItems.ts';
import type { CanvasStore } from './store/canvasStore.ts';
import { nothing } from './store/selection.ts';
import { tidyStage } from './tidy/tidyStage.ts';

/** What changes the history, or what is chosen. */
export function editCommands(store: CanvasStore): readonly Command[] {
  const { past, future, undo, redo, selection, select, graph } = store.getState();
  const hasNodes = selection.nodes.length > 0;
  return [
    {
      id: 'undo',
      title: 'Undo',
      group: 'Edit',
      icon: Undo2,
      keys: ['Mod+Z'],
      isDisabled: past.length === 0,
      run: undo,
    },
    {
      id: 'redo',
      title: 'Redo',
      group: 'Edit',
      icon: Redo2,
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      isDisabled: future.length === 0,
      run: redo,
    },
    {
      id: 'selectAll',
      title: 'Choose everything',
      group: 'Edit',
      icon: ListChecks,
      keys: ['Mod+A'],
      run: () => select({ nodes: graph.nodes.map(({ id }) => id), edges: graph.edges.map(({ id }) => id) }),
    },
    {
      id: 'duplicate',
      title: 'Duplicate what is chosen',
      group: 'Edit',
      icon: Copy,
      keys: ['Mod+D'],
      isDisabled: !hasNodes,
      run: () => duplicateSelection(store),
    },
    {
      id: 'remove',
      title: 'Remove what is chosen',
      group: 'Edit',
      icon: Trash2,
      keys: ['Delete', 'Backspace'],
      isDisabled: !hasNodes && selection.edges.length === 0,
      run: () => removeSelection(store),
    },
    {
      id: 'letGo',
      title: 'Choose nothing',
      group: 'Edit',
      icon: SquareDashed,
      keys: ['Escape'],
      worksWhileWriting: true,
      run: () => leave(store),
    },
  ];
}

/** From a field back to its card; from a card to nothing. */
function leave(store: CanvasStore): void {
  const { selection, select } = store.getState();
  const [chosen] = selection.nodes;
  if (isWriting(document.activeElement) && chosen !== undefined) focusNode(chosen);
  else select(nothing);
}

/** What is done with cards. */
export function cardCommands(store: CanvasStore, view: StageView): readonly Command[] {
  const [only, ...others] = store.getState().selection.nodes;
  const chosen = others.length === 0 ? only : undefined;
  const add = (kind: 'agent' | 'task' | 'note') => () => {
    const id = addNode(store, kind, { centre: view.centre() });
    if (id) focusNode(id);
  };
  return [
    {
      id: 'addAgent',
      title: 'Add an agent',
      group: 'Add',
      icon: UserPlus,
      keys: ['Shift+A'],
      run: add('agent'),
    },
    {
      id: 'addTask',
      title: 'Add a task',
      group: 'Add',
      icon: ListChecks,
      keys: ['Shift+T'],
      run: add('task'),
    },
    {
      id: 'addNote',
      title: 'Add a note',
      group: 'Add',
      ...(newNote.kind === 'new' ? { icon: newNote.icon } : {}),
      keys: ['Shift+N'],
      run: add('note'),
    },
    {
      id: 'rename',
      title: 'Rename the card',
      group: 'Edit',
      icon: PencilLine,
      keys: ['F2'],
      isDisabled: chosen === undefined,
      run: () => chosen && startRenaming(chosen),
    },
    {
      id: 'write',
      title: 'Write on the card',
      group: 'Edit',
      icon: PencilLine,
      keys: ['E', 'Enter'],
      isDisabled: chosen === undefined,
      run: () => chosen && focusField(chosen, null),
    },
    {
      id: 'tidy',
      title: 'Tidy the stage',
      group: 'Edit',
      icon: LayoutGrid,
      keys: ['Shift+L'],
      run: () => {
        tidyStage(store)
          .then(() => view.fit())
          .catch(() => undefined);
      },
    },
  ];
}
