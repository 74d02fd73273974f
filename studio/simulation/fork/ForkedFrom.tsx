import { useQuery } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { Link } from 'react-router';
import { trpc } from '../../trpc.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import { useFamily } from '../family/useFamily.ts';
import styles from './ForkedFrom.module.css';

/** Of a fork: from what, where, and what it does otherwise. */
export function ForkedFrom({ view }: { readonly view: SimulationView }) {
  const { id, forkedFrom, origin } = view;
  const family = useFamily(id, forkedFrom !== null);
  if (forkedFrom === null) return null;
  const parent = family.data?.items.find((member) => member.id === forkedFrom);
  const isGone = family.data !== undefined && !family.data.isCut && parent === undefined;
  const changed = family.data?.items.find((member) => member.id === id)?.changed ?? '';
  const at = origin?.atSeq === null || origin === null ? '' : `?t=${origin.atSeq}`;
  return (
    <span className={styles.origin} data-testid="forked-from">
      {isGone ? (
        <span className={styles.from}>
          <GitFork aria-hidden />
          {VERBS[origin?.purpose ?? 'fork']} one that has been removed since
        </span>
      ) : (
        <Link className={styles.from} to={`/simulations/${forkedFrom}${at}`} title={parent?.title}>
          <GitFork aria-hidden />
          {VERBS[origin?.purpose ?? 'fork']} {parent?.title ?? 'another simulation'}
          {parent && <Place view={view} />}
        </Link>
      )}
      {changed !== '' && (
        <span className={styles.changed} title={changed}>
          {changed}
        </span>
      )}
    </span>
  );
}

const VERBS = {
  fork: 'forked from',
  variant: 'a variant of',
  kept: 'goes on from',
  moved: 'moved from',
} as const;

const MOST_STEPS = 1_000;

function Place({ view }: { readonly view: SimulationView }) {
  const place = usePlace(view);
  return place && ` ${place}`;
}

/** `after step 5`: counted in the parent, whose events are not at hand here. */
function usePlace({ forkedFrom, origin, graph }: SimulationView): string {
  const atSeq = origin?.atSeq ?? null;
  const steps = useQuery({
    ...trpc.simulations.steps.queryOptions({ id: forkedFrom ?? '', limit: MOST_STEPS }),
    enabled: forkedFrom !== null && atSeq !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (origin?.fromPath) {
    const node = graph.nodes.find(({ id }) => id === origin.fromPath?.split('/')[1]);
    return node && node.kind !== 'note' ? `at ${node.data.name}` : '';
  }
  if (atSeq === null || !steps.data) return '';
  const ended = steps.data.items.filter(({ endedSeq }) => endedSeq !== null && endedSeq <= atSeq).length;
  return ended === 0 ? 'at its beginning' : `after step ${ended}`;
}
