import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { trpc } from '../../trpc.ts';

/** The simulation's parents and forks. */
export const useFamily = (simulationId: string, enabled = true) =>
  useQuery({ ...trpc.simulations.tree.queryOptions({ id: simulationId }), enabled });

const FAMILY = 'family';

/** Whether the family is shown beside the page; in the address, as everything that lies open. */
export function useIsFamilyOpen(): readonly [boolean, (isOpen: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const set = (isOpen: boolean) =>
    setParams(
      (before) => {
        if (isOpen) before.set(FAMILY, '1');
        else before.delete(FAMILY);
        return before;
      },
      { replace: true },
    );
  return [params.has(FAMILY), set];
}
