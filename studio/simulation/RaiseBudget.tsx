import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { Wallet } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../problem.ts';
import { queryClient, trpc } from '../trpc.ts';
import { Field } from '../ui/Field.tsx';
import { formatMoney } from '../ui/formats.ts';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { toast } from '../ui/toasts.ts';
import type { SimulationView } from './data/DataTab.tsx';

/** A simulation whose money is used up goes on with more. */
export function RaiseBudget({ view }: { readonly view: SimulationView }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setIsAsking(true)}>
        <Wallet aria-hidden />
        Raise the budget
      </Button>
      {isAsking && <BudgetDialog view={view} onClose={() => setIsAsking(false)} />}
    </>
  );
}

const MICROS = 1_000_000;

interface BudgetDialogProps {
  readonly view: SimulationView;
  readonly onClose: () => void;
}

function BudgetDialog({ view: { id, budget }, onClose }: BudgetDialogProps) {
  const formId = useId();
  const limit = budget?.costMicros ?? 0;
  const [dollars, setDollars] = useState(String(Math.max(0.1, (limit * 2) / MICROS)));
  const costMicros = Math.round(Number(dollars) * MICROS);
  const isMore = Number.isFinite(costMicros) && costMicros > limit;
  const raise = useMutation(
    trpc.simulations.resume.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.simulations.get.queryKey({ id }) });
      },
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isMore) raise.mutate({ id, budget: { costMicros } });
  };
  return (
    <Modal
      title="Raise the budget"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={!isMore || raise.isPending}
          >
            Go on
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <Field
          label="It may spend, in dollars"
          hint={`So far it may spend ${formatMoney(limit)}; ${formatMoney(budget?.spentMicros ?? 0)} is spent. The next call could cost more than is left.`}
        >
          <TextInput
            type="number"
            min={0}
            step="any"
            value={dollars}
            onChange={({ target }) => setDollars(target.value)}
          />
        </Field>
      </form>
    </Modal>
  );
}
