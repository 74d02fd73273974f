import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import styles from './Transcript.module.css';
import type { Line } from './transcript.ts';

/** The words of a line: as they are written, then the whole answer. */
export function Said({ line, simulationId }: { readonly line: Line; readonly simulationId: string }) {
  const { node, step } = line;
  const isDone = node?.status === 'completed';
  const detail = useQuery({
    ...trpc.simulations.step.queryOptions({ id: simulationId, path: node?.path ?? '' }),
    enabled: isDone && Boolean(node?.path),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = (isDone ? detail.data?.answer : undefined) ?? step?.text ?? '';
  const isWriting = node?.status === 'running' && step?.kind === 'model';
  if (isDone && text === '') return <p className={styles.quiet}>An empty answer.</p>;
  return (
    <div className={styles.say}>
      <Markdown text={text} />
      {isWriting && <span className={styles.caret} role="img" aria-label="is writing" />}
    </div>
  );
}
