import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { trpc } from '../../trpc.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';

/** Where the link in the mail about a deletion leads. The account is kept when the button says so, not by looking. */
export function KeepPage() {
  useTitle('Keep your account');
  const [token] = useState(() => window.location.hash.slice(1));
  const keep = useMutation(trpc.users.keep.mutationOptions());
  if (keep.isPending) return <LoadingScreen title="Keeping your place" />;
  if (keep.isError) return <FailedScreen title="Your account could not be kept" error={keep.error} />;
  if (keep.isSuccess)
    return (
      <Screen
        face="Host"
        index={2}
        title="Good that you stay"
        action={
          <Button component={Link} to="/login" variant="contained" color="primary">
            Log in
          </Button>
        }
      >
        Nothing was removed. Simulations that were stopped can be run again.
      </Screen>
    );
  return (
    <Screen
      face="Host"
      index={2}
      title="Keep your account?"
      action={
        <Button variant="contained" color="primary" onClick={() => keep.mutate({ token })}>
          Keep my account
        </Button>
      }
    >
      It is to be removed with everything in it. If you do nothing, it will be.
    </Screen>
  );
}
