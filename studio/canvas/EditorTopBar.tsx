import { Button } from '@mui/material';
import { LayoutGrid, Redo2, Undo2 } from 'lucide-react';
import { TopBar } from '../shell/TopBar.tsx';
import { IconAction } from '../ui/IconAction.tsx';
import { writtenKeys } from '../ui/shortcuts.ts';
import { useCanvas, useCanvasStore } from './CanvasContext.ts';
import { CrewTitle } from './CrewTitle.tsx';
import styles from './EditorTopBar.module.css';
import { useStageView } from './flow/useStageView.ts';
import { RunButton } from './run/RunButton.tsx';
import { SaveChip } from './save/SaveChip.tsx';
import { tidyStage } from './tidy/tidyStage.ts';

export function EditorTopBar() {
  const store = useCanvasStore();
  const view = useStageView();
  const canUndo = useCanvas(({ past }) => past.length > 0);
  const canRedo = useCanvas(({ future }) => future.length > 0);
  const { undo, redo } = store.getState();
  const handleTidy = () => {
    tidyStage(store)
      .then(() => view.fit())
      .catch(() => undefined);
  };
  return (
    <TopBar title={<CrewTitle />} about={<SaveChip />} isStacked>
      <span className={styles.edit}>
        <IconAction
          label="Undo"
          keys={writtenKeys('Mod+Z')}
          icon={Undo2}
          isDisabled={!canUndo}
          onClick={undo}
        />
        <IconAction
          label="Redo"
          keys={writtenKeys('Mod+Shift+Z')}
          icon={Redo2}
          isDisabled={!canRedo}
          onClick={redo}
        />
        <Button onClick={handleTidy}>
          <LayoutGrid aria-hidden />
          Tidy
        </Button>
      </span>
      <RunButton />
    </TopBar>
  );
}
