import { Chip } from '../../../ui/Chip.tsx';
import { formatMoment } from '../../../ui/formats.ts';
import styles from './AuditPage.module.css';
import { type AuditEntry, actionInWords, actorInWords, detailsInWords } from './auditWords.ts';

export function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const { seq, at, action, result, object, ip, userAgent, requestId } = entry;
  const details = detailsInWords(entry);
  return (
    <li className={styles.row}>
      <span className={styles.seq}>{seq}</span>
      <div className={styles.what}>
        <b>
          {actionInWords(action)}
          {result === 'refused' && <Chip tone="fail">Refused</Chip>}
        </b>
        <small>
          {actorInWords(entry)}
          {details !== '' && <>: {details}</>}
        </small>
      </div>
      <time dateTime={at}>{formatMoment(at)}</time>
      <details className={styles.more}>
        <summary aria-label={`More about entry ${seq}`}>More</summary>
        <dl>
          <dt>Code</dt>
          <dd className="mono">{action}</dd>
          {object && (
            <>
              <dt>About</dt>
              <dd className="mono">
                {object.kind} {object.id}
              </dd>
            </>
          )}
          <dt>From</dt>
          <dd>{ip === '' ? 'the worker, for a simulation' : `${ip}, ${userAgent || 'no name given'}`}</dd>
          {requestId !== '' && (
            <>
              <dt>Request</dt>
              <dd className="mono">{requestId}</dd>
            </>
          )}
        </dl>
      </details>
    </li>
  );
}
