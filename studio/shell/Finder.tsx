import { Dialog } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Command as Cmdk } from 'cmdk';
import { UserRound, Users } from 'lucide-react';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { trpc } from '../trpc.ts';
import { allCommands, type Command } from '../ui/commands.ts';
import { writtenKeys } from '../ui/shortcuts.ts';
import styles from './Finder.module.css';

// What is looked for most comes first; the rest as it is offered.
const FIRST = ['Tasks', 'Agents', 'Crews', 'Library', 'Crew'];

const placeOf = (group: string) => {
  const place = FIRST.indexOf(group);
  return place < 0 ? FIRST.length : place;
};

/** Finds cards, crews, agents of the library and what can be done, by a few letters. */
export function Finder({ onClose }: { readonly onClose: () => void }) {
  // What could be done when it was opened; a list that changes under the cursor would be worse.
  const [commands] = useState(() =>
    allCommands().filter(({ id, isDisabled }) => id !== 'find' && !isDisabled),
  );
  const titleId = useId();
  const kept = [...useCrewCommands(), ...useLibraryCommands()];
  const groups = Map.groupBy([...commands, ...kept], ({ group }) => group);
  const ordered = [...groups].sort(([a], [b]) => placeOf(a) - placeOf(b));
  const choose = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={titleId} disableRestoreFocus>
      <h2 id={titleId} className="unseen">
        Find anything
      </h2>
      <Cmdk label="Find anything" className={styles.finder} loop>
        <Cmdk.Input autoFocus placeholder="A card, a crew, or what you want to do" className={styles.input} />
        <Cmdk.List className={styles.list}>
          <Cmdk.Empty className={styles.empty}>Nothing is called that.</Cmdk.Empty>
          {ordered.map(([group, items]) => (
            <Cmdk.Group key={group} heading={group}>
              {items.map((item) => (
                <FinderItem key={item.id} command={item} onChoose={choose} />
              ))}
            </Cmdk.Group>
          ))}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

interface FinderItemProps {
  readonly command: Command;
  readonly onChoose: (command: Command) => void;
}

function FinderItem({ command, onChoose }: FinderItemProps) {
  const { id, title, icon: Icon, keys } = command;
  return (
    <Cmdk.Item value={`${title} ${id}`} keywords={[command.group]} onSelect={() => onChoose(command)}>
      {Icon ? <Icon aria-hidden /> : <i className={styles.noIcon} />}
      <span className="grow">{title}</span>
      {keys?.[0] && <kbd className="mono">{writtenKeys(keys[0])}</kbd>}
    </Cmdk.Item>
  );
}

function useCrewCommands(): readonly Command[] {
  const goTo = useGoTo();
  const crews = useQuery(trpc.crews.list.queryOptions({ limit: 100 }));
  return (crews.data?.items ?? []).map(({ id, name }) => ({
    id,
    title: name,
    group: 'Crews',
    icon: Users,
    run: goTo(`/crews/${id}/edit`),
  }));
}

function useLibraryCommands(): readonly Command[] {
  const goTo = useGoTo();
  const agents = useQuery(trpc.agents.list.queryOptions({ limit: 100 }));
  return (agents.data?.items ?? []).map(({ id, name }) => ({
    id,
    title: name || 'Nameless',
    group: 'Library',
    icon: UserRound,
    run: goTo(`/agents/${id}`),
  }));
}

function useGoTo() {
  const navigate = useNavigate();
  return (path: string) => () => {
    Promise.resolve(navigate(path)).catch(() => undefined);
  };
}
