import { Menu, MenuItem } from '@mui/material';
import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { IconAction } from '../../../ui/IconAction.tsx';
import { CredentialDialog } from './CredentialDialog.tsx';
import { ReplaceDialog } from './ReplaceDialog.tsx';
import { type Credential, useCredentialCommands } from './useCredentialCommands.ts';

type Doing = 'edit' | 'replace' | 'delete' | null;

export function CredentialMenu({ credential }: { readonly credential: Credential }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const { remove } = useCredentialCommands();
  const choose = (next: Doing) => () => {
    setAnchor(null);
    setDoing(next);
  };
  const close = () => setDoing(null);
  return (
    <>
      <IconAction
        label={`More for ${credential.name}`}
        icon={Ellipsis}
        size="small"
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={choose('edit')}>
          <Pencil aria-hidden />
          Change
        </MenuItem>
        <MenuItem onClick={choose('replace')}>
          <KeyRound aria-hidden />
          Replace the secret
        </MenuItem>
        <MenuItem onClick={choose('delete')}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </Menu>
      {doing === 'edit' && <CredentialDialog credential={credential} onClose={close} />}
      {doing === 'replace' && <ReplaceDialog credential={credential} onClose={close} />}
      {doing === 'delete' && (
        <ConfirmDialog
          title={`Delete ${credential.name}?`}
          text="Crews that use it stop at the next step that needs it, and say so. The secret cannot be brought back."
          confirm="Delete"
          onClose={close}
          onConfirm={() => remove.mutate({ id: credential.id })}
        />
      )}
    </>
  );
}
