import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { StageQuestions } from '../questions/OpenQuestions.tsx';
import { useCrew } from './CrewContext.ts';
import { StageCorners } from './dock/StageCorners.tsx';
import { ZoomDock } from './dock/ZoomDock.tsx';
import styles from './EditorLayout.module.css';
import { EditorTopBar } from './EditorTopBar.tsx';
import { EmptyStage } from './EmptyStage.tsx';
import { Stage } from './flow/Stage.tsx';
import { WirePicker } from './gestures/WirePicker.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { Palette } from './palette/Palette.tsx';
import { PaletteGhost } from './palette/PaletteGhost.tsx';
import { PaletteSheet } from './palette/PaletteSheet.tsx';
import { ProblemsPanel } from './problems/ProblemsPanel.tsx';
import { InputsDialog } from './run/InputsDialog.tsx';
import { ResultCard } from './run/ResultCard.tsx';
import { useRunControl } from './run/RunControl.ts';
import { StageNotice } from './run/StageNotice.tsx';
import { ConflictDialog } from './save/ConflictDialog.tsx';
import { useCanvasCommands } from './useCanvasCommands.ts';
import { useClipboard } from './useClipboard.ts';

type SimulationView = inferRouterOutputs<AppRouter>['simulations']['get'];

/** Palette, stage and inspector, with what stands above and in front of them. */
export function EditorLayout({ simulation }: { readonly simulation: SimulationView | undefined }) {
  const crew = useCrew();
  const { asking } = useRunControl();
  useCanvasCommands();
  useClipboard();
  return (
    <div className="page">
      <EditorTopBar />
      <div className={styles.work}>
        <div className={styles.palette}>
          <Palette />
        </div>
        <div className={styles.stage}>
          <Stage>
            <EmptyStage />
          </Stage>
          <StageNotice />
          <StageCorners
            left={<ZoomDock />}
            middle={
              <>
                <StageQuestions />
                <ResultCard view={simulation} />
              </>
            }
            right={<ProblemsPanel />}
          />
          <PaletteSheet />
        </div>
        <Inspector />
      </div>
      <PaletteGhost />
      <WirePicker />
      <ConflictDialog what="crew" />
      {asking && <InputsDialog crewId={crew.id} names={asking} />}
    </div>
  );
}
