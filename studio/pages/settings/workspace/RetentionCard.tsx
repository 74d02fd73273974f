import { useMutation, useQuery } from '@tanstack/react-query';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { Field } from '../../../ui/Field.tsx';
import { formatDate, plural } from '../../../ui/formats.ts';
import { Select } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import { useMay, useWorkspace } from '../../../workspace/useWorkspace.ts';
import styles from './WorkspacePage.module.css';

const TERMS = [
  { days: 30, words: '30 days' },
  { days: 90, words: '90 days' },
  { days: 365, words: 'A year' },
  { days: null, words: 'As long as the workspace is there' },
] as const;

/** How long simulations that have ended are kept: owners decide, everybody sees. */
export function RetentionCard() {
  const { id } = useWorkspace();
  const mayManage = useMay('manage');
  const retention = useQuery(trpc.workspaces.retention.queryOptions({ id }));
  const save = useMutation(
    trpc.workspaces.saveRetention.mutationOptions({
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: trpc.workspaces.retention.queryKey({ id }) });
        await queryClient.invalidateQueries({ queryKey: trpc.simulations.pathKey() });
        toast({ text: 'It is kept for as long as you said.' });
      },
    }),
  );
  return (
    <Card title="How long simulations are kept">
      <p>
        One that has ended is removed after this time, with its steps and files. What crews remember stays,
        and so do forks of it, and every simulation that somebody keeps on its page.
      </p>
      {retention.isPending && <p role="status">Reading how long it is</p>}
      {retention.isError && <p role="alert">{problemOf(retention.error).message}</p>}
      {retention.data && (
        <div className={styles.form}>
          <Field label="After its end" hint={soonInWords(retention.data)}>
            <Select
              value={String(retention.data.days)}
              disabled={!mayManage || save.isPending}
              onChange={(event) => {
                const term = TERMS.find(({ days }) => String(days) === event.target.value);
                if (term) save.mutate({ id, days: term.days });
              }}
            >
              {TERMS.map(({ days, words }) => (
                <option key={words} value={String(days)}>
                  {words}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </Card>
  );
}

interface Soon {
  readonly soon: { readonly count: number; readonly firstAt: string | null };
}

const soonInWords = ({ soon }: Soon): string =>
  soon.firstAt === null
    ? 'None goes within the next seven days.'
    : `${plural(soon.count, 'simulation')} will go within seven days, the first on ${formatDate(soon.firstAt)}.`;
