import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { Modal } from '../../ui/Modal.tsx';
import { LoadingScreen } from '../../ui/Screen.tsx';
import { ImportDropZone } from './ImportDropZone.tsx';
import { ImportReport } from './ImportReport.tsx';
import { readImportFiles } from './readImportFiles.ts';

interface ImportDialogProps {
  /** Files that were dropped on the page; empty when somebody wants to pick them. */
  readonly dropped: readonly File[];
  readonly onClose: () => void;
}

/** Picks or takes files, sends them, and shows what was made of them. */
export function ImportDialog({ dropped, onClose }: ImportDialogProps) {
  const { send, result, isPending, problem } = useImport();
  const sendDropped = useEffectEvent((files: readonly File[]) => {
    if (files.length > 0) send(files);
  });
  useEffect(() => sendDropped(dropped), [dropped]);
  if (result) return <ImportReport result={result} onClose={onClose} />;
  return (
    <Modal
      title="Import a CrewAI project"
      width="sm"
      onClose={onClose}
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      {isPending ? (
        <LoadingScreen title="Reading the script" />
      ) : (
        <ImportDropZone problem={problem} onFiles={send} />
      )}
    </Modal>
  );
}

function useImport() {
  const [problem, setProblem] = useState<string>();
  const importing = useMutation(
    trpc.crews.import.mutationOptions({
      onError: (error) => setProblem(problemOf(error).message),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.crews.list.pathKey() }),
    }),
  );
  const send = async (files: readonly File[]) => {
    setProblem(undefined);
    const read = await readImportFiles(files);
    if ('problem' in read) setProblem(read.problem);
    else
      importing.mutate({ format: read.format, files: read.files, ...(read.name ? { name: read.name } : {}) });
  };
  return {
    send: (files: readonly File[]) => {
      send(files).catch(() => setProblem('These files could not be read.'));
    },
    problem,
    result: importing.data,
    isPending: importing.isPending,
  };
}
