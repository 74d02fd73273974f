import { ListChecks, Maximize, Play, Save, UserRound } from 'lucide-react';
import { type Command, useCommands } from '../ui/commands.ts';
import { useCanvasStore } from './CanvasContext.ts';
import { cardCommands, editCommands } from './editCommands.ts';
import { type StageView, useStageView } from './flow/useStageView.ts';
import { focusNode } from './gestures/focusNode.ts';
import { type RunControl, useRunControl } from './run/RunControl.ts';
import { type Saving, useSaving } from './save/SaveContext.ts';
import type { CanvasStore } from './store/canvasStore.ts';
import { onlyNodes } from './store/selection.ts';

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
