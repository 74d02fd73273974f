import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { StopSwitch } from '../../../shell/stops/StopSwitch.tsx';
import { TopBar } from '../../../shell/TopBar.tsx';
import { queryClient, trpc } from '../../../trpc.ts';
import { Card, Cards } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import { useTitle } from '../../../ui/useTitle.ts';
import { useSwitchWorkspace } from '../../../workspace/useSwitchWorkspace.ts';
import { ROLE_NAMES, ROLE_WORDS, useMay, useWorkspace } from '../../../workspace/useWorkspace.ts';
import { useMemberCommands } from '../members/useMemberCommands.ts';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog.tsx';
import { RetentionCard } from './RetentionCard.tsx';
import styles from './WorkspacePage.module.css';

/** What the workspace is called, what one may do in it, and the ways out of it. */
export function WorkspacePage() {
  useTitle('Workspace');
  const workspace = useWorkspace();
  const mayManage = useMay('manage');
  return (
    <>
      <TopBar title="Workspace" />
      <Cards>
        {mayManage ? <NameCard key={workspace.name} /> : <RoleCard />}
        <RetentionCard />
        {mayManage && <StopCard />}
        {!workspace.isPersonal && <LeaveCard />}
        {!workspace.isPersonal && mayManage && <DeleteCard />}
      </Cards>
    </>
  );
}

function NameCard() {
  const { id, name, isPersonal } = useWorkspace();
  const [text, setText] = useState(name);
  const save = useMutation(
    trpc.workspaces.save.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: trpc.workspaces.list.queryKey() });
        toast({ text: 'The workspace has its new name.' });
      },
    }),
  );
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id, name: text.trim() });
  };
  return (
    <Card title="Name">
      <form onSubmit={handleSubmit} className={styles.form}>
        <Field
          label="Name of the workspace"
          hint={isPersonal ? 'Only you see it.' : 'Everybody in it sees it, and whoever is invited.'}
          problem={save.isError ? problemOf(save.error).message : undefined}
        >
          <TextInput value={text} maxLength={120} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={text.trim() === '' || text.trim() === name || save.isPending}
        >
          Save
        </Button>
      </form>
    </Card>
  );
}

function RoleCard() {
  const { name, role } = useWorkspace();
  return (
    <Card title={name}>
      <p>
        You are here as <b>{ROLE_NAMES[role].toLowerCase()}</b>: {ROLE_WORDS[role].toLowerCase()}. Its owners
        decide that, and its name.
      </p>
    </Card>
  );
}

const StopCard = () => (
  <Card title="Stop">
    <p>Pauses everything that runs and lets nothing start, at once, until you let it go on again.</p>
    <StopSwitch />
  </Card>
);

function LeaveCard() {
  const { id, name } = useWorkspace();
  const [isAsking, setIsAsking] = useState(false);
  const switchTo = useSwitchWorkspace();
  const { leave } = useMemberCommands();
  return (
    <Card title="Leave">
      <p>What you made here stays with the team. Keys that you kept for yourself are deleted.</p>
      <Button disabled={leave.isPending} onClick={() => setIsAsking(true)}>
        Leave the workspace
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Leave ${name}?`}
          text="To come back you need an invitation."
          confirm="Leave"
          onClose={() => setIsAsking(false)}
          onConfirm={() => leave.mutate({ id }, { onSuccess: () => void switchTo(null) })}
        />
      )}
    </Card>
  );
}

function DeleteCard() {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Card title="Delete">
      <p>
        Crews, agents, simulations, knowledge, files and keys of this workspace are removed, for everybody.
      </p>
      <Button color="error" onClick={() => setIsAsking(true)}>
        Delete the workspace
      </Button>
      {isAsking && <DeleteWorkspaceDialog onClose={() => setIsAsking(false)} />}
    </Card>
  );
}
