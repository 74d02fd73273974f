import { useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { whatItIs } from '../family/familyTree.ts';
import { useFamily } from '../family/useFamily.ts';
import { nameOf } from '../timeline/nameOf.ts';
import { type Mark, marksOf } from './marks.ts';
import { useReplaying, useReplayState } from './useReplay.ts';

/** Every sign of the simulation that is looked at: what happened in it, and where others were forked from it. */
export function useMarks(graph: CrewGraph): readonly Mark[] {
  const events = useReplayState(({ history }) => history.events);
  const id = useReplaying().live.getState().simulationId ?? '';
  const { data } = useFamily(id);
  const forks = useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ forkedFrom, purpose }) => forkedFrom === id && purpose !== 'variant')
        .map((member) => ({ atSeq: member.atSeq, fromPath: member.fromPath, title: whatItIs(member) })),
    [data, id],
  );
  return useMemo(
    () => marksOf({ events, nameOf: (node) => nameOf(graph, node), forks }),
    [events, graph, forks],
  );
}
