import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatCount, formatDuration, formatMoney } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { isFollowing } from '../replay/togglePlaying.ts';
import { useReplayState } from '../replay/useReplay.ts';
import { DoerFace } from '../timeline/DoerFace.tsx';
import { doerOf, speakerOf } from '../timeline/doerOf.ts';
import { nameOf } from '../timeline/nameOf.ts';
import { useRun } from '../useSimulation.ts';
import styles from './StepTable.module.css';
import { stepTitle } from './stepTitle.ts';
import { useOpenStep } from './useOpenStep.ts';
import { useToldFailures } from './useToldFailures.ts';

/** Every step in order, with what it took. */
export function StepTable({ graph }: { readonly graph: CrewGraph }) {
  const steps = useRun(({ state }) => state.steps);
  const isTold = useToldFailures();
  const [open, openStep] = useOpenStep();
  const isMoving = useReplayState((state) => state.moment !== null || isFollowing(state));
  const rows = useMemo(
    () => Object.values(steps).sort((a, b) => a.startedAt.localeCompare(b.startedAt)),
    [steps],
  );
  if (rows.length === 0) return <p className={styles.none}>No step has been taken yet.</p>;
  return (
    <VirtualRows
      label="Steps"
      at={isMoving ? rows.length - 1 : undefined}
      rowHeight={44}
      rows={rows}
      keyOf={({ path }) => path}
      render={(step) => {
        const doer = doerOf(graph, step);
        return (
          <button
            type="button"
            className={styles.row}
            aria-pressed={open === step.path}
            onClick={() => openStep(step.path)}
          >
            <DoerFace doer={doer} size={24} />
            <span className={styles.title}>
              {stepTitle(speakerOf(graph, step).name, step)} <small>{nameOf(graph, step.nodeId)}</small>
            </span>
            <span className={styles.model}>{step.model ?? step.tool}</span>
            <Taken step={step} />
            {step.toolFailed && isTold(step.nodeId) ? (
              <Chip tone="wait" icon={TriangleAlert}>
                Said it failed
              </Chip>
            ) : (
              <StatusChip status={step.status} />
            )}
          </button>
        );
      }}
    />
  );
}

function Taken({ step }: { readonly step: StepState }) {
  const { startedAt, endedAt, inputTokens, outputTokens, costMicros } = step;
  return (
    <>
      <span className={styles.figure}>
        {endedAt && formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}
      </span>
      <span className={styles.wide}>
        {inputTokens !== null && `${formatCount(inputTokens + (outputTokens ?? 0))} tokens`}
      </span>
      <span className={styles.wide}>{endedAt && step.model && formatMoney(costMicros)}</span>
    </>
  );
}
