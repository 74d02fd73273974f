import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { LinkPage } from '../links/LinkPage.tsx';
import { Onward } from '../links/Onward.tsx';

/** Where the link in the mail about a deletion leads. The account is kept when the button says so, not by looking. */
export function KeepPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const keep = useMutation(trpc.users.keep.mutationOptions());
  if (keep.isError)
    return (
      <LinkPage title="Your account could not be kept" face="Postman">
        <p role="alert">{problemOf(keep.error).message}</p>
        <Onward />
      </LinkPage>
    );
  if (keep.isSuccess)
    return (
      <LinkPage title="Good that you stay" face="Host">
        <p>Nothing was removed. Simulations that were stopped can be run again.</p>
        <Button component={Link} to="/login" size="large" variant="contained" color="primary">
          Log in
        </Button>
      </LinkPage>
    );
  return (
    <LinkPage title="Keep your account?" face="Host">
      <p>It is to be removed with everything in it. If you do nothing, it will be.</p>
      <Button
        size="large"
        variant="contained"
        color="primary"
        disabled={keep.isPending}
        onClick={() => keep.mutate({ token })}
      >
        Keep my account
      </Button>
    </LinkPage>
  );
}
