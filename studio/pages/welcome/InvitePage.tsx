import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../problem.ts';
import { useAccount, useLogout } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { enterWorkspace } from '../../workspace/useSwitchWorkspace.ts';
import { ROLE_WORDS } from '../../workspace/useWorkspace.ts';
import { LinkPage } from '../links/LinkPage.tsx';
import { Onward } from '../links/Onward.tsx';
import { AccountForm } from './AccountForm.tsx';
import styles from './InvitePage.module.css';

type Invitation = inferRouterOutputs<AppRouter>['invitations']['look'];

/** Where the link in an invitation leads. The token is in the fragment, so that no server logs it. */
export function InvitePage() {
  useTitle('Invitation');
  const [token] = useState(() => window.location.hash.slice(1));
  const account = useAccount();
  const look = useMutation(trpc.invitations.look.mutationOptions());
  const { mutate } = look;
  useEffect(() => mutate({ token }), [mutate, token]);
  if (look.isError)
    return (
      <LinkPage title="This invitation is not good" face="Courier">
        <p>{problemOf(look.error).message}</p>
        <Onward />
      </LinkPage>
    );
  if (!look.data || account.isPending) return <LoadingScreen title="Opening the letter" />;
  const user = account.data?.user;
  const isSignedIn = user !== undefined && !user.isGuest;
  return (
    <main className={styles.page}>
      {isSignedIn ? (
        <Join invitation={look.data} token={token} email={user.email ?? ''} />
      ) : (
        <Welcome invitation={look.data} isGuest={user !== undefined} />
      )}
    </main>
  );
}

const sentence = ({ invitedBy, workspaceName }: Invitation) =>
  `${invitedBy ?? 'Somebody'} invites you to “${workspaceName}”`;

/** Signed in: join, or come back as whoever was invited. */
function Join({ invitation, token, email }: { invitation: Invitation; token: string; email: string }) {
  const navigate = useNavigate();
  const logout = useLogout();
  const accept = useMutation(
    trpc.invitations.accept.mutationOptions({
      async onSuccess({ id }) {
        await enterWorkspace(id);
        await navigate('/crews');
      },
    }),
  );
  if (email.toLowerCase() !== invitation.email.toLowerCase())
    return (
      <Screen
        face="Banker"
        index={4}
        title={sentence(invitation)}
        action={
          <Button variant="contained" color="primary" onClick={() => logout.mutate(undefined)}>
            Sign in as somebody else
          </Button>
        }
      >
        The invitation is for {invitation.email}; you are signed in as {email}.
      </Screen>
    );
  return (
    <Screen
      face="Host"
      index={2}
      title={sentence(invitation)}
      action={
        <Button
          variant="contained"
          color="primary"
          disabled={accept.isPending}
          onClick={() => accept.mutate({ token })}
        >
          Join
        </Button>
      }
    >
      You will be one of those who can do this there: {ROLE_WORDS[invitation.role].toLowerCase()}.
      {accept.isError && <span role="alert"> {problemOf(accept.error).message}</span>}
    </Screen>
  );
}

/** Not signed in, or only trying: sign up with the address that was invited, or log in with it. */
function Welcome({ invitation, isGuest }: { invitation: Invitation; isGuest: boolean }) {
  const [form, setForm] = useState<'signup' | 'login'>('signup');
  return (
    <div className={styles.door}>
      <h1>{sentence(invitation)}</h1>
      <p className="muted">
        {form === 'signup' ? 'Sign up' : 'Log in'} with <b>{invitation.email}</b>, then join.
      </p>
      <AccountForm key={form} form={form} isGuest={isGuest} isMain email={invitation.email} />
      <Button onClick={() => setForm(form === 'signup' ? 'login' : 'signup')}>
        {form === 'signup' ? 'I have an account' : 'I have no account yet'}
      </Button>
    </div>
  );
}
