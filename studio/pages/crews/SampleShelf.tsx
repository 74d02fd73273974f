import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import { Cast } from '../../ui/Cast.tsx';
import { plural } from '../../ui/formats.ts';
import styles from './SampleShelf.module.css';
import { useNewCrew } from './useCrewCommands.ts';

/** Crews to start from, for those who have few of their own; `besides` are the names of these. */
export function SampleShelf({ besides }: { readonly besides: readonly string[] }) {
  const samples = useQuery({ ...trpc.crews.samples.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  const { sample, isPending } = useNewCrew();
  const items = samples.data?.items.filter(({ name }) => !besides.includes(name)) ?? [];
  if (items.length === 0) return null;
  return (
    <section className={styles.shelf}>
      <h2 className="overline">Start from a sample</h2>
      <ul>
        {items.map(({ key, name, description, agents, taskCount }) => (
          <li key={key}>
            <button type="button" disabled={isPending} onClick={() => sample(key)}>
              <Cast names={agents} size={28} most={4} />
              <b>{name}</b>
              <span>{description}</span>
              <small className="mono">{plural(taskCount, 'task')}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
