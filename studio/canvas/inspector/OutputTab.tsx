import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { GraphNode } from '#workflows/graph/schema.ts';
import { useRun } from '../../simulation/useSimulation.ts';
import { trpc } from '../../trpc.ts';
import { formatCount, formatMoney } from '../../ui/formats.ts';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { useTaskRun } from '../run/useTaskRun.ts';
import styles from './OutputTab.module.css';

const Markdown = lazy(async () => ({ default: (await import('../../ui/Markdown.tsx')).Markdown }));

/** What was answered in the simulation on the stage: by this task, or in all tasks of this agent. */
export function OutputTab({ node }: { readonly node: GraphNode }) {
  const graph = useCanvas(selectGraph);
  const simulationId = useRun((run) => run.simulationId);
  if (simulationId === null) {
    return <p className="muted">Press Run: what is answered here appears while it is written.</p>;
  }
  const tasks =
    node.kind === 'task'
      ? [node.id]
      : graph.edges.filter(({ from, kind }) => from === node.id && kind === 'assigned').map(({ to }) => to);
  if (tasks.length === 0) return <p className="muted">It has no task.</p>;
  return tasks.map((id) => (
    <TaskOutput key={id} taskId={id} simulationId={simulationId} isTitled={tasks.length > 1} />
  ));
}

interface TaskOutputProps {
  readonly taskId: string;
  readonly simulationId: string;
  readonly isTitled: boolean;
}

function TaskOutput({ taskId, simulationId, isTitled }: TaskOutputProps) {
  const run = useTaskRun(taskId);
  const name = useCanvas(({ graph }) => {
    const node = graph.nodes.find(({ id }) => id === taskId);
    return node?.kind === 'task' ? node.data.name : '';
  });
  const path = useRun(({ state }) => state.nodes[taskId]?.path ?? '');
  const isDone = run?.status === 'completed';
  const step = useQuery({
    ...trpc.simulations.step.queryOptions({ id: simulationId, path }),
    enabled: isDone && path !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = (isDone ? step.data?.answer : undefined) ?? run?.text ?? '';
  return (
    <section className={styles.output}>
      {isTitled && <h3>{name}</h3>}
      {text === '' ? (
        <p className="muted">Nothing yet.</p>
      ) : (
        <Suspense fallback={<p>{text}</p>}>
          <Markdown text={text} />
        </Suspense>
      )}
      {step.data && (
        <p className={`mono ${styles.figures}`}>
          {step.data.model} · {formatCount((step.data.inputTokens ?? 0) + (step.data.outputTokens ?? 0))}{' '}
          tokens · {formatMoney(step.data.costMicros)}
        </p>
      )}
      {path !== '' && (
        <Link to={`/simulations/${simulationId}?step=${encodeURIComponent(path)}`}>Open the step</Link>
      )}
    </section>
  );
}
