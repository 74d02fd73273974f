import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { doersOf } from '../../canvas/cast.ts';
import { problemOf } from '../../problem.ts';
import { client } from '../../trpc.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { May } from '../../workspace/May.tsx';
import { ForkCard } from '../fork/ForkCard.tsx';
import { useHidden } from '../replay/useHidden.ts';
import { useLive } from '../replay/useReplay.ts';
import { DoerFace } from '../timeline/DoerFace.tsx';
import { doerOf, speakerOf } from '../timeline/doerOf.ts';
import { useRun } from '../useSimulation.ts';
import { HiddenStep } from './HiddenStep.tsx';
import { StepCalls } from './StepCalls.tsx';
import { StepFigures } from './StepFigures.tsx';
import { StepAnswer, StepAsked, StepFailure } from './StepMessages.tsx';
import styles from './StepPanel.module.css';
import { stepTitle } from './stepTitle.ts';
import { ToolFailed } from './ToolFailed.tsx';
import { useToldFailures } from './useToldFailures.ts';

interface StepPanelProps {
  readonly simulationId: string;
  readonly graph: CrewGraph;
  readonly path: string;
  readonly onClose: () => void;
}

/** A step opened: the prompt as it was sent, the answer as it came, what it took, and what if it had been otherwise. */
export function StepPanel({ simulationId, graph, path, onClose }: StepPanelProps) {
  const live = useLive(({ state }) => state.steps[path]);
  const member = useMemo(() => doersOf(graph).get(live?.nodeId ?? ''), [graph, live?.nodeId]);
  const doer = live ? doerOf(graph, live) : { name: 'Step', member: null, kind: null };
  const who = live ? speakerOf(graph, live).name : doer.name;
  const isTold = useToldFailures();
  const isHidden = useIsHidden(live);
  return (
    <aside className={styles.side} aria-label="Step" data-testid="step-panel">
      <header className={styles.head}>
        <DoerFace doer={doer} size={44} />
        <div className="grow">
          <h2>{live ? stepTitle(who, live) : 'Step'}</h2>
          <small className="mono faint">{path}</small>
        </div>
        {live && !isHidden && <StatusChip status={live.status} />}
        <IconAction label="Close the step" icon={X} size="small" onClick={onClose} />
      </header>
      {isHidden ? (
        <HiddenStep who={who} nodeId={live?.nodeId ?? ''} />
      ) : (
        <Opened simulationId={simulationId} path={path} live={live}>
          {live?.toolFailed && isTold(live.nodeId) && <ToolFailed />}
          <May key={path} action="run">
            <ForkCard simulationId={simulationId} path={path} member={member ?? null} />
          </May>
        </Opened>
      )}
    </aside>
  );
}

interface OpenedProps {
  readonly simulationId: string;
  readonly path: string;
  readonly live: StepState | undefined;
  readonly children: ReactNode;
}

function Opened({ simulationId, path, live, children }: OpenedProps) {
  const step = useStep(simulationId, path, `${live?.status} ${live?.epoch} ${live?.attempt}`);
  if (step.isPending) return <p className={styles.reading}>Reading</p>;
  if (step.isError) return <p role="alert">{problemOf(step.error).message}</p>;
  return (
    <>
      <StepFigures step={step.data} />
      <StepFailure step={step.data} />
      <StepAsked key={`asked ${path}`} step={step.data} />
      {children}
      <StepAnswer step={step.data} partial={live?.status === 'running' ? live.text : undefined} />
      <StepCalls step={step.data} />
    </>
  );
}

/** To be guessed first: it is at work or still to come at the moment that is looked at. */
function useIsHidden(live: StepState | undefined): boolean {
  const hidden = useHidden();
  const isHere = useRun(({ state }) => state.steps[live?.path ?? '']?.status === 'completed');
  return live !== undefined && hidden.size > 0 && !isHere;
}

/** Read again whenever the step has come further. */
const useStep = (simulationId: string, path: string, progress: string) =>
  useQuery({
    queryKey: ['step', simulationId, path, progress],
    queryFn: () => client.simulations.step.query({ id: simulationId, path }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (earlier) => (earlier?.path === path ? earlier : undefined),
  });
