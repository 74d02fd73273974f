import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { StopSwitch } from '../../../shell/stops/StopSwitch.tsx';
import { TopBar } from '../../../shell/TopBar.tsx';
import { queryClient, trpc } from '../../../trpc.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import { useTitle } from '../../../ui/useTitle.ts';
import { useSwitchWorkspace } from '../../../workspace/useSwitchWorkspace.ts';
import { ROLE_NAMES, ROLE_WORDS, useMay, useWorkspace } from '../../../workspace/useWorkspace.ts';
import { useMemberCommands } from '../members/useMemberCommands.ts';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog.tsx';
import styles from './WorkspacePage.module.css';

/** What the workspace is called, what one may do in it, and the ways out of it. */
export function WorkspacePage() {
  useTitle('Workspace');
  const workspace = useWorkspace();
  const mayManage = useMay('manage');
  return (
    <>
      <TopBar title="Workspace" />
      <div className="scroll">
        <div className={styles.cards}>
          {mayManage ? <NameCard key={workspace.name} /> : <RoleCard />}
          {mayManage && <StopCard />}
          {!workspace.isPersonal && <LeaveCard />}
          {!workspace.isPersonal && mayManage && <DeleteCard />}
        </div>
      </div>
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
    <section className={styles.card} aria-labelledby="workspace-name">
      <h2 id="workspace-name">Name</h2>
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
    </section>
  );
}

function RoleCard() {
  const { name, role } = useWorkspace();
  return (
    <section className={styles.card} aria-labelledby="workspace-role">
      <h2 id="workspace-role">{name}</h2>
      <p>
        You are here as <b>{ROLE_NAMES[role].toLowerCase()}</b>: {ROLE_WORDS[role].toLowerCase()}. Its owners
        decide that, and its name.
      </p>
    </section>
  );
}

const StopCard = () => (
  <section className={styles.card} aria-labelledby="workspace-stop">
    <h2 id="workspace-stop">Stop</h2>
    <p>Pauses everything that runs and lets nothing start, at once, until you let it go on again.</p>
    <StopSwitch />
  </section>
);

function LeaveCard() {
  const { id, name } = useWorkspace();
  const [isAsking, setIsAsking] = useState(false);
  const switchTo = useSwitchWorkspace();
  const { leave } = useMemberCommands();
  return (
    <section className={styles.card} aria-labelledby="workspace-leave">
      <h2 id="workspace-leave">Leave</h2>
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
    </section>
  );
}

function DeleteCard() {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className={styles.card} aria-labelledby="workspace-delete">
      <h2 id="workspace-delete">Delete</h2>
      <p>
        Crews, agents, simulations, knowledge, files and keys of this workspace are removed, for everybody.
      </p>
      <Button color="error" onClick={() => setIsAsking(true)}>
        Delete the workspace
      </Button>
      {isAsking && <DeleteWorkspaceDialog onClose={() => setIsAsking(false)} />}
    </section>
  );
}
