import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../problem.ts';
import { queryClient, trpc } from '../trpc.ts';
import { NameDialog } from '../ui/NameDialog.tsx';
import { toast } from '../ui/toasts.ts';
import { useTitle } from '../ui/useTitle.ts';
import { useCrew } from './CrewContext.ts';
import styles from './CrewTitle.module.css';

/** The crew's name; a click to write another. */
export function CrewTitle() {
  const crew = useCrew();
  const [isRenaming, setIsRenaming] = useState(false);
  const rename = useMutation(
    trpc.crews.save.mutationOptions({
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.crews.list.pathKey() }),
    }),
  );
  const name = rename.variables?.name ?? crew.name;
  useTitle(name);
  return (
    <>
      <h1 className={styles.title}>
        <button type="button" title={`${name}: rename`} onClick={() => setIsRenaming(true)}>
          {name}
        </button>
      </h1>
      {isRenaming && (
        <NameDialog
          title="Rename the crew"
          name={name}
          onClose={() => setIsRenaming(false)}
          onSave={(next) => rename.mutate({ id: crew.id, name: next })}
        />
      )}
    </>
  );
}
