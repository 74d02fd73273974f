import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { formatDate } from '../../ui/formats.ts';
import { toast } from '../../ui/toasts.ts';
import { May } from '../../workspace/May.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import styles from './KeptUntil.module.css';

/** When it is removed, and the way to keep it. Of one that runs there is nothing to say yet. */
export function KeptUntil({ view }: { readonly view: SimulationView }) {
  const { id, isKept, expiresAt } = view;
  const { keep, release } = useKeep();
  if (isKept) {
    return (
      <span className={styles.kept} data-testid="kept-until">
        Kept for good
        <May action="edit">
          <Button size="small" disabled={release.isPending} onClick={() => release.mutate({ id })}>
            Let it go
          </Button>
        </May>
      </span>
    );
  }
  if (expiresAt === null) return null;
  return (
    <span className={styles.kept} data-testid="kept-until">
      Kept until {formatDate(expiresAt)}
      <May action="run">
        <Button size="small" disabled={keep.isPending} onClick={() => keep.mutate({ id })}>
          Keep
        </Button>
      </May>
    </span>
  );
}

function useKeep() {
  const options = {
    onError: (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' }),
    onSuccess: async (_: unknown, { id }: { readonly id: string }) => {
      for (const queryKey of [
        trpc.simulations.get.queryKey({ id }),
        trpc.simulations.list.pathKey(),
        trpc.workspaces.retention.pathKey(),
      ])
        await queryClient.invalidateQueries({ queryKey });
    },
  } as const;
  return {
    keep: useMutation(trpc.simulations.keep.mutationOptions(options)),
    release: useMutation(trpc.simulations.release.mutationOptions(options)),
  };
}
