import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { trpc } from '../../../trpc.ts';
import styles from './TryPanel.module.css';

/** Which credentials an agent that is tried alone may not use: they were let to certain crews, and it is in none of them. */
export function NarrowKeys() {
  const credentials = useQuery(trpc.credentials.list.queryOptions({ limit: 100 }));
  const narrow = credentials.data?.items.filter(({ allCrews }) => !allCrews) ?? [];
  if (narrow.length === 0) return null;
  return (
    <p className={styles.hint}>
      Not used here: {narrow.map(({ name }) => name).join(', ')}, for certain crews only. To use it in
      try-outs, let all crews use it in <Link to="/settings/credentials">Settings, Credentials</Link>.
    </p>
  );
}
