import { isClosed } from '../runStore.ts';
import { DoerFace } from '../timeline/DoerFace.tsx';
import { useRun } from '../useSimulation.ts';
import styles from './Transcript.module.css';
import type { Line } from './transcript.ts';

const MOST_NAMED = 12;

/** Who has not begun yet, or was never reached. */
export function ToCome({ lines }: { readonly lines: readonly Line[] }) {
  const isOver = useRun(({ state }) => isClosed(state.status));
  const rest = lines.length - MOST_NAMED;
  if (lines.length === 0) return null;
  return (
    <section className={styles.toCome} aria-label={isOver ? 'Not reached' : 'Still to come'}>
      <h3 className="overline">{isOver ? 'Not reached' : 'Still to come'}</h3>
      <ul>
        {lines.slice(0, MOST_NAMED).map(({ task, doer }) => (
          <li key={task.id}>
            <DoerFace doer={doer} size={20} />
            {task.data.name}
          </li>
        ))}
        {rest > 0 && <li>and {rest} more</li>}
      </ul>
    </section>
  );
}
