import { useInfiniteQuery } from '@tanstack/react-query';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { formatMoment, formatWhen } from '../../ui/formats.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Admin.module.css';
import { ListBody } from './ListBody.tsx';

/** What failed anywhere, by its code: whether many fail of the same. */
export function FailuresPage() {
  useTitle('Failures');
  const failed = useInfiniteQuery(
    trpc.admin.failedSimulations.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const items = failed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TopBar title="Failures" />
      <ListBody what="failures" query={failed} isEmpty={items.length === 0} empty="Nothing has failed.">
        <ul className={styles.list}>
          {items.map(({ id, code, workspace, failedAt }) => (
            <li key={id} className={styles.failure}>
              <b className="mono">{code}</b>
              <span>{workspace.name}</span>
              <small className="mono">{id}</small>
              <time dateTime={failedAt} title={formatMoment(failedAt)}>
                {formatWhen(failedAt)}
              </time>
            </li>
          ))}
        </ul>
      </ListBody>
    </>
  );
}
