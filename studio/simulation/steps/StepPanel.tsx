import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { doersOf } from '../../canvas/cast.ts';
import { problemOf } from '../../problem.ts';
import { client } from '../../trpc.ts';
import { Face } from '../../ui/Face.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { ForkCard } from '../fork/ForkCard.tsx';
import { useLive } from '../replay/useReplay.ts';
import { StepCalls } from './StepCalls.tsx';
import { StepFigures } from './StepFigures.tsx';
import { StepMessages } from './StepMessages.tsx';
import styles from './StepPanel.module.css';
import { stepTitle } from './stepTitle.ts';

interface StepPanelProps {
  readonly simulationId: string;
  readonly graph: CrewGraph;
  readonly path: string;
  readonly onClose: () => void;
}

/** A step opened: the prompt as it was sent, the answer as it came, and what it took. */
export function StepPanel({ simulationId, graph, path, onClose }: StepPanelProps) {
  const live = useLive(({ state }) => state.steps[path]);
  const member = useMemo(() => doersOf(graph).get(live?.nodeId ?? ''), [graph, live?.nodeId]);
  const step = useStep(simulationId, path, `${live?.status} ${live?.epoch} ${live?.attempt}`);
  const who = member?.name ?? 'Nobody';
  return (
    <aside className={styles.side} aria-label="Step" data-testid="step-panel">
      <header className={styles.head}>
        <Face name={who} index={member?.index ?? -1} size={44} isDecorative />
        <div className="grow">
          <h2>{live ? stepTitle(who, live) : 'Step'}</h2>
          <small className="mono faint">{path}</small>
        </div>
        {live && <StatusChip status={live.status} />}
        <IconAction label="Close the step" icon={X} size="small" onClick={onClose} />
      </header>
      {step.isPending && <p className="faint">Reading</p>}
      {step.isError && <p role="alert">{problemOf(step.error).message}</p>}
      {step.data && (
        <>
          <StepFigures step={step.data} />
          <StepMessages step={step.data} partial={live?.status === 'running' ? live.text : undefined} />
          <StepCalls step={step.data} />
          <ForkCard simulationId={simulationId} path={path} member={member ?? null} />
        </>
      )}
    </aside>
  );
}

/** Read again whenever the step has come further. */
const useStep = (simulationId: string, path: string, progress: string) =>
  useQuery({
    queryKey: ['step', simulationId, path, progress],
    queryFn: () => client.simulations.step.query({ id: simulationId, path }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (earlier) => (earlier?.path === path ? earlier : undefined),
  });
