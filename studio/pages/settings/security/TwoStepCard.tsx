import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../problem.ts';
import { useAccount } from '../../../session.ts';
import { trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx';
import { type Prepared, SetUpDialog } from './SetUpDialog.tsx';
import { TwoStepOff } from './TwoStepOff.tsx';
import { TwoStepOn } from './TwoStepOn.tsx';
import type { SecondFactor } from './useSecurityCommands.ts';

/** A code besides the password. */
export function TwoStepCard() {
  const isGuest = useAccount().data?.user.isGuest;
  const factor = useQuery({ ...trpc.secondFactor.get.queryOptions(), enabled: isGuest === false });
  return (
    <Card
      title="Two-step login"
      state={
        factor.data && <Chip tone={factor.data.isOn ? 'ok' : 'quiet'}>{factor.data.isOn ? 'On' : 'Off'}</Chip>
      }
    >
      <p>
        Besides your password, a login asks for a code that an app on your phone shows. Whoever learns the
        password alone does not get in.
      </p>
      {isGuest && (
        <p>
          A guest has no password yet. <Link to="/signup">Sign up</Link> first.
        </p>
      )}
      {factor.isLoading && <p role="status">Looking whether it is on…</p>}
      {factor.isError && <p role="alert">{problemOf(factor.error).message}</p>}
      {factor.data && <State factor={factor.data} />}
    </Card>
  );
}

/** The dialogs hang here: what they show once must stay when it is on all of a sudden, or read again. */
function State({ factor }: { readonly factor: SecondFactor }) {
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const handleEnabled = (recoveryCodes: readonly string[]) => {
    setPrepared(null);
    setCodes(recoveryCodes);
  };
  return (
    <>
      {factor.isOn ? (
        <TwoStepOn factor={factor} onCodes={setCodes} />
      ) : (
        <TwoStepOff onPrepared={setPrepared} />
      )}
      {prepared && (
        <SetUpDialog prepared={prepared} onEnabled={handleEnabled} onClose={() => setPrepared(null)} />
      )}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </>
  );
}
