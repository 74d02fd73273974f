import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { findInputs } from '#workflows/graph/inputs.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { TextArea } from '../../ui/TextInput.tsx';
import { toast } from '../../ui/toasts.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import { PreviewWords } from '../fork/PreviewWords.tsx';
import { useForkPreview } from '../fork/useForkPreview.ts';
import styles from './MoveNotice.module.css';

interface MoveDialogProps {
  readonly view: SimulationView;
  /** The crew as it is drawn now. */
  readonly graph: CrewGraph;
  readonly onClose: () => void;
}

/** What going on with the newest crew runs and costs, and what that crew asks for besides. */
export function MoveDialog({ view, graph, onClose }: MoveDialogProps) {
  const navigate = useNavigate();
  const missing = findInputs(graph).filter((name) => !(name in view.inputs));
  const [inputs, setInputs] = useState<Readonly<Record<string, string>>>({});
  const isComplete = missing.every((name) => (inputs[name] ?? '').trim() !== '');
  const preview = useForkPreview(isComplete ? { id: view.id, graph, inputs, sideEffects: 'send' } : null);
  const move = useMutation({
    mutationFn: () => client.simulations.move.mutate({ id: view.id, inputs }),
    onSuccess: ({ id }) => {
      queryClient.invalidateQueries({ queryKey: trpc.simulations.pathKey() }).catch(() => undefined);
      Promise.resolve(navigate(`/simulations/${id}`)).catch(() => undefined);
    },
    onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
  });
  return (
    <Modal
      title="Go on with the newest crew?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="contained"
            color="primary"
            disabled={!preview.isCurrent || move.isPending}
            onClick={() => move.mutate()}
          >
            Go on
          </Button>
        </>
      }
    >
      <p className="muted">
        A new simulation takes the place of this one and reuses all that is unchanged. This one stays as it
        is.
      </p>
      {missing.map((name) => (
        <Field key={name} label={<span className="mono">{name}</span>} hint="The newest crew asks for this.">
          <TextArea
            rows={1}
            value={inputs[name] ?? ''}
            onChange={({ target }) => setInputs((before) => ({ ...before, [name]: target.value }))}
          />
        </Field>
      ))}
      <p className={styles.words} aria-live="polite">
        {preview.isError && problemOf(preview.error).message}
        {preview.data && <PreviewWords preview={preview.data} />}
        {!preview.data && !preview.isError && isComplete && 'Counting what would run'}
      </p>
    </Modal>
  );
}
