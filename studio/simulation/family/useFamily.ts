import { useQuery } from '@tanstack/react-query';
import type { inferOutput } from '@trpc/tanstack-react-query';
import { trpc } from '../../trpc.ts';
import { useAddressPart } from '../../ui/useAddress.ts';

export type FamilyTree = inferOutput<typeof trpc.simulations.tree>;

/** The simulation's parents and forks. */
export const useFamily = (simulationId: string, enabled = true) =>
  useQuery({ ...trpc.simulations.tree.queryOptions({ id: simulationId }), enabled });

/** Whether the family is shown beside the page; in the address, as everything that lies open. */
export function useIsFamilyOpen(): readonly [boolean, (isOpen: boolean) => void] {
  const [family, setFamily] = useAddressPart('family');
  return [family !== null, (isOpen) => setFamily(isOpen ? '1' : null)];
}
