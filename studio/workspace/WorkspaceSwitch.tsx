import { ButtonBase, Menu, MenuItem, Tooltip } from '@mui/material';
import { Check, ChevronsUpDown, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { cx } from '../ui/cx.ts';
import { NewWorkspaceDialog } from './NewWorkspaceDialog.tsx';
import { useSwitchWorkspace } from './useSwitchWorkspace.ts';
import { type OwnWorkspace, ROLE_NAMES, useWorkspace, useWorkspaces } from './useWorkspace.ts';
import styles from './WorkspaceSwitch.module.css';

/** Which workspace this is, and the way to another. */
export function WorkspaceSwitch() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isMaking, setIsMaking] = useState(false);
  const workspace = useWorkspace();
  const close = () => setAnchor(null);
  return (
    <>
      <Tooltip title={workspace.name} placement="right">
        <ButtonBase
          className={styles.switch}
          aria-label={`Workspace ${workspace.name}, switch`}
          aria-haspopup="menu"
          onClick={(event) => setAnchor(event.currentTarget)}
          data-testid="workspace-switch"
        >
          <Badge workspace={workspace} />
          <ChevronsUpDown aria-hidden className={styles.sign} />
        </ButtonBase>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <Choices onClose={close} onMake={() => setIsMaking(true)} />
      </Menu>
      {isMaking && <NewWorkspaceDialog onClose={() => setIsMaking(false)} />}
    </>
  );
}

interface ChoicesProps {
  readonly onClose: () => void;
  readonly onMake: () => void;
}

function Choices({ onClose, onMake }: ChoicesProps) {
  const current = useWorkspace();
  const workspaces = useWorkspaces();
  const switchTo = useSwitchWorkspace();
  const navigate = useNavigate();
  const choose = (id: string | null) => () => {
    onClose();
    void switchTo(id);
  };
  return (
    <>
      {workspaces.data?.items.map((each) => (
        <MenuItem
          key={each.id}
          selected={each.id === current.id}
          onClick={choose(each.isPersonal ? null : each.id)}
        >
          <Badge workspace={each} />
          <span className={styles.what}>
            <b>{each.name}</b>
            <small>{each.isPersonal ? 'Only you' : ROLE_NAMES[each.role]}</small>
          </span>
          {each.id === current.id && <Check aria-label="You are here" className={styles.here} />}
        </MenuItem>
      ))}
      <li role="presentation" className={styles.line} />
      {!current.isPersonal && (
        <MenuItem
          onClick={() => {
            onClose();
            void navigate('/settings/members');
          }}
        >
          <Users aria-hidden />
          Members
        </MenuItem>
      )}
      <MenuItem
        onClick={() => {
          onClose();
          onMake();
        }}
      >
        <Plus aria-hidden />
        New workspace for a team
      </MenuItem>
    </>
  );
}

/** The first letters of its words: a drawing, and no text that a name beside it would have to repeat. */
const Badge = ({ workspace: { name, isPersonal } }: { readonly workspace: OwnWorkspace }) => (
  <span className={cx(styles.badge, isPersonal && styles.own)} data-letters={lettersOf(name)} aria-hidden />
);

const lettersOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .flatMap((word) => [...word].slice(0, 1))
    .join('')
    .toUpperCase();
