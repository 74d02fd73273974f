import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { TopBar } from '../../../shell/TopBar.tsx';
import { trpc } from '../../../trpc.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { NewWorkspaceDialog } from '../../../workspace/NewWorkspaceDialog.tsx';
import { useMay, useWorkspace } from '../../../workspace/useWorkspace.ts';
import { InvitationRow } from './InvitationRow.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { MemberRow } from './MemberRow.tsx';
import styles from './MembersPage.module.css';

/** Who belongs to the workspace, and who was asked to. */
export function MembersPage() {
  useTitle('Members');
  const { isPersonal } = useWorkspace();
  const mayManage = useMay('manage');
  const [isInviting, setIsInviting] = useState(false);
  if (isPersonal) return <OnlyYou />;
  return (
    <>
      <TopBar title="Members">
        {mayManage && (
          <Button variant="contained" color="primary" onClick={() => setIsInviting(true)}>
            <UserPlus aria-hidden />
            Invite
          </Button>
        )}
      </TopBar>
      <div className="scroll">
        <div className={styles.lists}>
          <Members />
          {mayManage && <Invitations />}
        </div>
      </div>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </>
  );
}

function Members() {
  const { id } = useWorkspace();
  const members = useQuery(trpc.members.list.queryOptions({ id }));
  if (members.isPending) return <LoadingScreen title="Calling the company" />;
  if (members.isError)
    return (
      <FailedScreen
        title="The members could not be loaded"
        error={members.error}
        onRetry={() => members.refetch()}
      />
    );
  return (
    <ul className={styles.list} aria-label="Members">
      {members.data.items.map((member) => (
        <MemberRow key={member.userId} member={member} />
      ))}
    </ul>
  );
}

function Invitations() {
  const { id } = useWorkspace();
  const invitations = useQuery(trpc.invitations.list.queryOptions({ id }));
  const items = invitations.data?.items ?? [];
  if (invitations.isError)
    return (
      <p role="alert">
        {problemOf(invitations.error).message}{' '}
        <Button onClick={() => invitations.refetch()}>Try again</Button>
      </p>
    );
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="invited">
      <h2 id="invited" className={styles.heading}>
        Invited, not here yet
      </h2>
      <ul className={styles.list}>
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function OnlyYou() {
  const [isMaking, setIsMaking] = useState(false);
  return (
    <>
      <TopBar title="Members" />
      <Screen
        face="Host"
        index={2}
        title="This workspace is yours alone"
        action={
          <Button variant="contained" color="primary" onClick={() => setIsMaking(true)}>
            New workspace for a team
          </Button>
        }
      >
        To work with others, make a workspace for a team and invite them there. What you have here stays
        yours.
      </Screen>
      {isMaking && <NewWorkspaceDialog onClose={() => setIsMaking(false)} />}
    </>
  );
}
