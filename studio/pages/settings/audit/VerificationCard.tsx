import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { problemOf } from '../../../problem.ts';
import { trpc } from '../../../trpc.ts';
import { cx } from '../../../ui/cx.ts';
import { formatWhen } from '../../../ui/formats.ts';
import styles from './AuditPage.module.css';
import { verificationInWords } from './auditWords.ts';

/** Whether the log is whole. Looked at when the page opens: a check that somebody must ask for is never made. */
export function VerificationCard() {
  const verification = useQuery({ ...trpc.audit.verify.queryOptions(), staleTime: 60_000 });
  const { data } = verification;
  const isBroken = data?.isIntact === false;
  const Icon = isBroken ? ShieldAlert : ShieldCheck;
  return (
    <section className={cx(styles.check, isBroken && styles.broken)} aria-label="Check of the log">
      <Icon aria-hidden />
      <p role="status">
        <b>{titleOf(verification)}</b>
        <span>
          {data && verificationInWords(data)}
          {verification.isError && problemOf(verification.error).message}
        </span>
      </p>
      <Button disabled={verification.isFetching} onClick={() => verification.refetch()}>
        Check again
      </Button>
    </section>
  );
}

function titleOf({ data, isError }: { data?: { isIntact: boolean; checkedAt: string }; isError: boolean }) {
  if (isError) return 'The log could not be checked';
  if (!data) return 'Checking the log';
  return data.isIntact
    ? `The log is whole, checked ${formatWhen(data.checkedAt)}`
    : 'The log was tampered with';
}
