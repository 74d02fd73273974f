import { Button } from '@mui/material';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { StopDialog } from '../../shell/stops/StopDialog.tsx';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { formatBytes, formatMoney, plural } from '../../ui/formats.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { useDebounced } from '../../ui/useDebounced.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Admin.module.css';
import { ListBody } from './ListBody.tsx';
import { type AdminWorkspace, useWorkspaceCommands } from './useAdminCommands.ts';

const WHICH = { all: 'All', teams: 'Teams', stopped: 'Stopped' } as const;

const SETTLED_MS = 300;

/** Every workspace, what it takes up, and the switch that stops it. */
export function WorkspacesPage() {
  useTitle('Workspaces');
  const [which, setWhich] = useState<keyof typeof WHICH>('all');
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SETTLED_MS);
  const workspaces = useInfiniteQuery(
    trpc.admin.workspaces.infiniteQueryOptions(
      { limit: 50, which, ...(search !== '' && { search }) },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        // What is being typed takes nothing away from under a pointer.
        placeholderData: keepPreviousData,
      },
    ),
  );
  const items = workspaces.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TopBar title="Workspaces" />
      <div className={styles.tools}>
        <SearchBox label="Name" value={text} onChange={setText} />
        <Choices label="Which workspaces" choices={WHICH} chosen={which} onChoose={setWhich} />
      </div>
      <ListBody
        what="workspaces"
        query={workspaces}
        isEmpty={items.length === 0}
        empty="No workspace fits what you look for."
      >
        <ul className={styles.list}>
          {items.map((workspace) => (
            <WorkspaceRow key={workspace.id} workspace={workspace} />
          ))}
        </ul>
      </ListBody>
    </>
  );
}

function WorkspaceRow({ workspace }: { readonly workspace: AdminWorkspace }) {
  const { name, owners, members, simulations, storedBytes, spentMicros, stop, isPersonal } = workspace;
  return (
    <li className={styles.workspace}>
      <div className={styles.name}>
        <b>{name}</b>
        <small>
          {isPersonal ? 'of ' : `${plural(members, 'member')}, owned by `}
          {owners.map((owner) => owner.name).join(', ') || 'nobody'}
        </small>
      </div>
      <div className={styles.chips}>
        {stop && (
          <Chip tone="fail" title={stop.reason}>
            Stopped by {stop.by === 'admin' ? 'an administrator' : 'its owner'}
          </Chip>
        )}
      </div>
      <small className={styles.figures}>
        <span>{plural(simulations, 'simulation')}</span>
        <span>{formatBytes(storedBytes)}</span>
        <span>{formatMoney(spentMicros)}</span>
      </small>
      <WorkspaceSwitch workspace={workspace} />
    </li>
  );
}

function WorkspaceSwitch({ workspace }: { readonly workspace: AdminWorkspace }) {
  const [isAsking, setIsAsking] = useState(false);
  const { stop, allow } = useWorkspaceCommands(workspace);
  const { id, name } = workspace;
  return (
    <div className={styles.acts}>
      {workspace.stop ? (
        <Button size="small" onClick={() => allow.mutate({ id })}>
          Let it go on
        </Button>
      ) : (
        <Button size="small" onClick={() => setIsAsking(true)}>
          Stop
        </Button>
      )}
      {isAsking && (
        <StopDialog
          workspace={name}
          onStop={(reason) => stop.mutate({ id, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
