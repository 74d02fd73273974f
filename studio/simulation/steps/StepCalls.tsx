import { formatDuration, formatMoney, formatTime } from '../../ui/formats.ts';
import { statusLook } from '../../ui/statuses.ts';
import type { StepDetail } from './StepFigures.tsx';
import styles from './StepPanel.module.css';

const WORDS: Readonly<Record<StepDetail['calls'][number]['state'], string>> = {
  sent: 'Sent',
  answered: 'Answered',
  failed: statusLook('failed').word,
  cancelled: statusLook('cancelled').word,
  unknown: 'Nobody saw its end',
};

/** Every request that was really sent: what was paid for, and what was tried. */
export function StepCalls({ step: { calls } }: { readonly step: StepDetail }) {
  if (calls.length === 0) return null;
  return (
    <>
      <h3 className="overline">Requests sent</h3>
      <ol className={styles.calls}>
        {calls.map(({ epoch, attempt, state, costMicros, failure, startedAt, endedAt }) => (
          <li key={`${epoch} ${attempt} ${startedAt}`}>
            <span>
              <b>{WORDS[state]}</b> {failure && <span className="muted">{failure}</span>}
            </span>
            <span className="mono faint">
              {formatTime(startedAt)}
              {endedAt && ` · ${formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}`}
              {costMicros !== null && ` · ${formatMoney(costMicros)}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
