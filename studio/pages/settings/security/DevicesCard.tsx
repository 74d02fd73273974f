import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import styles from './SecurityPage.module.css';
import { useDeviceCommands } from './useSecurityCommands.ts';

/** Every browser and program that is signed in. */
export function DevicesCard() {
  const devices = useQuery(trpc.sessions.list.queryOptions());
  const items = devices.data?.items ?? [];
  return (
    <Card title="Your devices" action={items.length > 1 && <SignOutOthers />}>
      <p>
        Where you are signed in. What you do not know you can sign out; it is out at once, with everything it
        has open.
      </p>
      {devices.isPending && <p role="status">Looking for your devices…</p>}
      {devices.isError && (
        <p role="alert">
          {problemOf(devices.error).message} <Button onClick={() => devices.refetch()}>Try again</Button>
        </p>
      )}
      {items.length > 0 && (
        <ul className={styles.devices}>
          {items.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function SignOutOthers() {
  const [isAsking, setIsAsking] = useState(false);
  const { closeOthers } = useDeviceCommands();
  return (
    <>
      <Button size="small" disabled={closeOthers.isPending} onClick={() => setIsAsking(true)}>
        Sign out all others
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Sign out all other devices?"
          text="Programs that use a token of yours are signed out as well. This device stays."
          confirm="Sign them out"
          onClose={() => setIsAsking(false)}
          onConfirm={() => closeOthers.mutate()}
        />
      )}
    </>
  );
}
