import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { newId } from '../../canvas/commands/newId.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { isClosed } from '../runStore.ts';
import type { ForkDraft } from './forkDraft.ts';
import { type ForkPreview, forkPreviewQuery } from './useForkPreview.ts';

/** A run that is to use what an earlier one of the same crew has paid for. */
export interface TakeOver {
  readonly parentId: string;
  readonly sideEffects: ForkDraft['sideEffects'];
}

/** The crew as it is drawn now, and what it is told. */
export interface Drawn {
  readonly graph: CrewGraph;
  readonly inputs: Readonly<Record<string, string>>;
}

type Summary = inferRouterOutputs<AppRouter>['simulations']['list']['items'][number];

const LOOKED_AT = 20;

/** The latest simulations of a crew, in which `lastEnded` looks. */
export const latestQuery = (crewId: string) =>
  trpc.simulations.list.queryOptions({ crewId, limit: LOOKED_AT });

/** The newest that came to an end; a failed or stopped one is as good for what it has finished. Variants are one task. */
export const lastEnded = (items: readonly Summary[]): Summary | undefined =>
  items.find(({ status, purpose }) => isClosed(status) && purpose !== 'variant');

/** What is asked of the api; what is not written yet is as it was in the parent. */
export function takeOverRequest({ parentId, sideEffects }: TakeOver, { graph, inputs }: Drawn) {
  const written = Object.entries(inputs).filter(([, value]) => value !== '');
  return { id: parentId, graph, inputs: Object.fromEntries(written), sideEffects };
}

/** Something is kept and something runs: otherwise there is no choice to make. */
export const isWorthIt = ({ reused, rerun }: Pick<ForkPreview, 'reused' | 'rerun'>): boolean =>
  reused > 0 && rerun > 0;

/** Whether a run of the crew could use some of its last one, and not all. No when nobody can say. */
export async function canTakeOver(crewId: string, drawn: Drawn): Promise<boolean> {
  try {
    const { items } = await queryClient.fetchQuery({ ...latestQuery(crewId), staleTime: 0 });
    const last = lastEnded(items);
    if (!last) return false;
    const request = takeOverRequest({ parentId: last.id, sideEffects: 'simulate' }, drawn);
    return isWorthIt(await queryClient.fetchQuery(forkPreviewQuery(JSON.stringify(request))));
  } catch {
    return false;
  }
}

/** Runs the crew as it is drawn now, on what the parent has paid for. */
export const startTakingOver = (takeOver: TakeOver, drawn: Drawn): Promise<{ readonly id: string }> =>
  client.simulations.fork.mutate({ ...takeOverRequest(takeOver, drawn), idempotencyKey: newId() });
