import type { inferRouterOutputs } from '@trpc/server';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { ReactFlowProvider } from 'reactflow';
import type { AppRouter } from '#api/router.ts';
import { StageQuestions } from '../questions/OpenQuestions.tsx';
import { TopBar } from '../shell/TopBar.tsx';
import { RunContext } from '../simulation/useSimulation.ts';
import { Chip } from '../ui/Chip.tsx';
import { useTitle } from '../ui/useTitle.ts';
import { May } from '../workspace/May.tsx';
import { useMay } from '../workspace/useWorkspace.ts';
import { CanvasContext } from './CanvasContext.ts';
import { CanvasModeContext } from './CanvasMode.ts';
import { CrewContext } from './CrewContext.ts';
import styles from './CrewReader.module.css';
import { StageCorners } from './dock/StageCorners.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { ReadStage } from './ReadStage.tsx';
import { InputsDialog } from './run/InputsDialog.tsx';
import { ResultCard } from './run/ResultCard.tsx';
import { RunButton } from './run/RunButton.tsx';
import { RunControlContext } from './run/RunControl.ts';
import { StageNotice } from './run/StageNotice.tsx';
import { useRunOnStage } from './run/useRunOnStage.ts';
import { SaveContext, type Saving } from './save/SaveContext.ts';
import { createCanvasStore } from './store/canvasStore.ts';

type CrewView = inferRouterOutputs<AppRouter>['crews']['get'];

/** Nothing is drawn here, so what the server has is what is shown. */
const NOTHING_TO_SAVE: Saving = {
  state: 'saved',
  message: undefined,
  saveNow: async () => true,
  loadTheirs: async () => undefined,
  keepMineAsCopy: async () => undefined,
};

/** A crew for those who may not change it: to look at whole, and to run where their role allows that. */
export function CrewReader({ crew }: { readonly crew: CrewView }) {
  useTitle(crew.name);
  const [store] = useState(() => createCanvasStore(crew.graph));
  const { simulation, control } = useRunOnStage(store, crew.id, NOTHING_TO_SAVE);
  const choose = (id: string) => store.getState().select({ nodes: [id], edges: [] });
  return (
    <CrewContext value={crew}>
      <CanvasContext value={store}>
        <SaveContext value={NOTHING_TO_SAVE}>
          <RunContext value={simulation.run}>
            <RunControlContext value={control}>
              <ReactFlowProvider>
                <div className="page">
                  <TopBar title={crew.name} about={<Why />}>
                    <May action="run">
                      <RunButton />
                    </May>
                  </TopBar>
                  <div className={styles.work}>
                    <div className={styles.stage}>
                      <ReadStage graph={crew.graph} label="The crew" onOpen={choose} />
                      <StageNotice />
                      <StageCorners
                        left={null}
                        middle={
                          <>
                            <StageQuestions />
                            <ResultCard view={simulation.view.data} />
                          </>
                        }
                        right={null}
                      />
                    </div>
                    <CanvasModeContext value="read">
                      <Inspector />
                    </CanvasModeContext>
                  </div>
                  {control.asking && <InputsDialog crewId={crew.id} names={control.asking} />}
                </div>
              </ReactFlowProvider>
            </RunControlContext>
          </RunContext>
        </SaveContext>
      </CanvasContext>
    </CrewContext>
  );
}

function Why() {
  const mayRun = useMay('run');
  return (
    <span title="Your role in this workspace does not allow changing crews. Its owners decide that.">
      <Chip icon={Eye}>{mayRun ? 'To look at and run' : 'To look at'}</Chip>
    </span>
  );
}
