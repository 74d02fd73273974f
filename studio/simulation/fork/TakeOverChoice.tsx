import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { newId } from '../../canvas/commands/newId.ts';
import { client, trpc } from '../../trpc.ts';
import { cx } from '../../ui/cx.ts';
import { formatWhen } from '../../ui/formats.ts';
import { priceWords, ranOf } from './previewWords.ts';
import styles from './TakeOverChoice.module.css';
import { type ForkPreview, useForkPreview } from './useForkPreview.ts';

interface TakeOverChoiceProps {
  readonly crewId: string;
  /** The crew as it is drawn now. */
  readonly graph: CrewGraph;
  readonly inputs: Readonly<Record<string, string>>;
  /** The simulation to take over from; null to start anew. */
  readonly value: string | null;
  readonly onChange: (parentId: string | null) => void;
}

/**
 * Before a run of a crew that has run before: start anew, or take over what is unchanged. Shows nothing where there is
 * nothing to take over.
 */
export function TakeOverChoice({ crewId, graph, inputs, value, onChange }: TakeOverChoiceProps) {
  const last = useLastFinished(crewId);
  const preview = useForkPreview(last ? { id: last.id, graph, inputs } : null);
  const name = useId();
  const counts = preview.data;
  if (!last || !counts || counts.reused === 0) return null;
  return (
    <fieldset className={styles.choice} data-testid="take-over">
      <legend className="overline">It has run before</legend>
      <label className={cx(styles.option, value === null && styles.chosen)}>
        <input type="radio" name={name} checked={value === null} onChange={() => onChange(null)} />
        <span>
          <b>Start anew</b>
          <small>Runs all {counts.rerun + counts.reused + counts.edited} steps.</small>
        </span>
      </label>
      <label className={cx(styles.option, value === last.id && styles.chosen)}>
        <input type="radio" name={name} checked={value === last.id} onChange={() => onChange(last.id)} />
        <span>
          <b>Take over what is unchanged</b>
          <small>{takeOverWords(counts, last.endedAt)}</small>
        </span>
      </label>
    </fieldset>
  );
}

const takeOverWords = (counts: ForkPreview, endedAt: string | null): string =>
  `Runs ${ranOf(counts)}, ${priceWords(counts)}. The rest comes from ${endedAt ? formatWhen(endedAt) : 'the last run'}.`;

const LOOKED_AT = 10;

/** The newest simulation of the crew that came to an end; a failed one is as good, for what it has finished. */
function useLastFinished(crewId: string) {
  const { data } = useQuery(trpc.simulations.list.queryOptions({ crewId, limit: LOOKED_AT }));
  return data?.items.find(({ status }) => status === 'completed' || status === 'failed');
}

interface TakeOver {
  readonly parentId: string;
  readonly graph: CrewGraph;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Runs the crew as it is drawn now, on what the parent has paid for. */
export const startTakingOver = ({ parentId, graph, inputs }: TakeOver): Promise<{ readonly id: string }> =>
  client.simulations.fork.mutate({ id: parentId, graph, inputs, idempotencyKey: newId() });
