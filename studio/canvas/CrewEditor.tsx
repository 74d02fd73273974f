import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';
import { ReactFlowProvider } from 'reactflow';
import type { AppRouter } from '#api/router.ts';
import { RunContext } from '../simulation/useSimulation.ts';
import { CanvasContext } from './CanvasContext.ts';
import { CrewContext } from './CrewContext.ts';
import { EditorLayout } from './EditorLayout.tsx';
import { RunControlContext } from './run/RunControl.ts';
import { useRunOnStage } from './run/useRunOnStage.ts';
import { SaveContext } from './save/SaveContext.ts';
import { useAutosave } from './save/useAutosave.ts';
import { createCanvasStore } from './store/canvasStore.ts';

type CrewView = inferRouterOutputs<AppRouter>['crews']['get'];

/** A crew, open to be drawn: its graph in a store, saved as it changes, with at most one simulation on its stage. */
export function CrewEditor({ crew }: { readonly crew: CrewView }) {
  const [store] = useState(() => createCanvasStore(crew.graph));
  const saving = useAutosave(store, crew);
  const { simulation, control } = useRunOnStage(store, crew.id, saving);
  return (
    <CrewContext value={crew}>
      <CanvasContext value={store}>
        <SaveContext value={saving}>
          <RunContext value={simulation.run}>
            <RunControlContext value={control}>
              <ReactFlowProvider>
                <EditorLayout simulation={simulation.view.data} />
              </ReactFlowProvider>
            </RunControlContext>
          </RunContext>
        </SaveContext>
      </CanvasContext>
    </CrewContext>
  );
}
