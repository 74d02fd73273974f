import {
  Copy,
  LayoutGrid,
  ListChecks,
  Maximize,
  PencilLine,
  Play,
  Redo2,
  Save,
  SquareDashed,
  Trash2,
  Undo2,
  UserPlus,
  UserRound,
} from 'lucide-react';
import { type Command, useCommands } from '../ui/commands.ts';
import { isWriting } from '../ui/shortcuts.ts';
import { useCanvasStore } from './CanvasContext.ts';
import { addNode } from './commands/addNode.ts';
import { duplicateSelection } from './commands/clipboard.ts';
import { removeSelection } from './commands/removeSelection.ts';
import { type StageView, useStageView } from './flow/useStageView.ts';
import { focusField } from './gestures/focusField.ts';
import { focusNode } from './gestures/focusNode.ts';
import { startRenaming } from './gestures/renaming.ts';
import { newNote } from './palette/paletteItems.ts';
import { type RunControl, useRunControl } from './run/RunControl.ts';
import { type Saving, useSaving } from './save/SaveContext.ts';
import type { CanvasStore } from './store/canvasStore.ts';
import { nothing, onlyNodes } from './store/selection.ts';
import { tidyStage } from './tidy/tidyStage.ts';

/** Everything that can be done on the stage, by name: buttons, keys and the finder share it. */
export function useCanvasCommands(): void {
  const store = useCanvasStore();
  const view = useStageView();
  const run = useRunControl();
  const saving = useSaving();
  useCommands('canvas', () => [
    ...runCommands(run, saving),
    ...editCommands(store),
    ...cardCommands(store, view),
    ...viewCommands(view),
    ...nodeCommands(store, view),
  ]);
}

const runCommands = ({ run }: RunControl, { saveNow }: Saving): readonly Command[] => [
  {
    id: 'run',
    title: 'Run the crew',
    group: 'Crew',
    icon: Play,
    keys: ['Mod+Enter'],
    worksWhileWriting: true,
    run,
  },
  {
    id: 'save',
    title: 'Save now',
    group: 'Crew',
    icon: Save,
    keys: ['Mod+S'],
    worksWhileWriting: true,
    run: () => {
      saveNow().catch(() => undefined);
    },
  },
];

function editCommands(store: CanvasStore): readonly Command[] {
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

function cardCommands(store: CanvasStore, view: StageView): readonly Command[] {
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

const viewCommands = (view: StageView): readonly Command[] => [
  { id: 'fit', title: 'Show all', group: 'View', icon: Maximize, keys: ['F', 'Shift+1'], run: view.fit },
  { id: 'zoomIn', title: 'Zoom in', group: 'View', keys: ['Plus', '='], run: view.zoomIn },
  { id: 'zoomOut', title: 'Zoom out', group: 'View', keys: ['-'], run: view.zoomOut },
  { id: 'zoomFull', title: 'To 100 %', group: 'View', keys: ['0'], run: view.zoomToFull },
];

/** Every card is a place to go to. */
const nodeCommands = (store: CanvasStore, view: StageView): readonly Command[] =>
  store.getState().graph.nodes.flatMap((node) =>
    node.kind === 'note'
      ? []
      : [
          {
            id: `node ${node.id}`,
            title: node.data.name || 'Nameless',
            group: node.kind === 'agent' ? 'Agents' : 'Tasks',
            icon: node.kind === 'agent' ? UserRound : ListChecks,
            run: () => {
              store.getState().select(onlyNodes([node.id]));
              view.show(node.id);
              focusNode(node.id);
            },
          },
        ],
  );
