import { useQuery } from '@tanstack/react-query';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { client, trpc } from '../../trpc.ts';
import { readEvents } from '../readEvents.ts';

export const useComparison = (a: string, b: string) =>
  useQuery({ ...trpc.simulations.compare.queryOptions({ id: a, with: b }), refetchOnWindowFocus: false });

export const useView = (id: string) =>
  useQuery({ ...trpc.simulations.get.queryOptions({ id }), refetchOnWindowFocus: false });

/** All that has happened in it so far. */
export const useEvents = (id: string) =>
  useQuery({
    queryKey: ['events of', id],
    queryFn: () => readAll(id),
    // A long list that is only ever replaced: comparing it entry by entry would take longer than drawing it.
    structuralSharing: false,
    refetchOnWindowFocus: false,
  });

async function readAll(id: string): Promise<readonly SimulationEvent[]> {
  const all: SimulationEvent[] = [];
  const read = async (after: number, limit: number) =>
    (await client.simulations.events.query({ id, after, limit })).items;
  await readEvents(read, 0, (events) => all.push(...events));
  return all;
}
