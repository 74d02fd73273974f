import { Menu, MenuItem } from '@mui/material';
import { Copy, Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import type { CrewSummary } from './CrewCard.tsx';
import { useCrewCommands } from './useCrewCommands.ts';

type Open = 'rename' | 'delete' | null;

export function CrewMenu({ crew }: { readonly crew: CrewSummary }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const { rename, duplicate, remove } = useCrewCommands();
  const close = () => setAnchor(null);
  const choose = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <>
      <IconAction
        label={`More for ${crew.name}`}
        icon={Ellipsis}
        size="small"
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <MenuItem onClick={choose(() => setOpen('rename'))}>
          <PencilLine aria-hidden />
          Rename
        </MenuItem>
        <MenuItem onClick={choose(() => duplicate.mutate({ id: crew.id }))}>
          <Copy aria-hidden />
          Duplicate
        </MenuItem>
        <MenuItem onClick={choose(() => setOpen('delete'))}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </Menu>
      {open === 'rename' && (
        <NameDialog
          title="Rename the crew"
          name={crew.name}
          onClose={() => setOpen(null)}
          onSave={(name) => rename.mutate({ id: crew.id, name })}
        />
      )}
      {open === 'delete' && (
        <ConfirmDialog
          title={`Delete ${crew.name}?`}
          text="Its simulations go with it. This cannot be undone."
          confirm="Delete"
          onClose={() => setOpen(null)}
          onConfirm={() => remove.mutate({ id: crew.id })}
        />
      )}
    </>
  );
}
