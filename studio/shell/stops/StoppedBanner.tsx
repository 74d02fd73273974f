import { OctagonPause } from 'lucide-react';
import { formatWhen } from '../../ui/formats.ts';
import styles from './StoppedBanner.module.css';
import { useStop } from './useStop.ts';

/** Everybody in a stopped workspace is told why nothing moves. */
export function StoppedBanner() {
  const stop = useStop();
  if (!stop) return null;
  return (
    <aside className={styles.banner} role="status" aria-label="This workspace is stopped">
      <OctagonPause aria-hidden />
      <span>
        <b>This workspace is stopped</b> by {stop.by === 'admin' ? 'an administrator' : 'its owner'},{' '}
        {formatWhen(stop.at)}: {stop.reason}{' '}
        <span className={styles.long}>Nothing starts until it goes on.</span>
      </span>
    </aside>
  );
}
