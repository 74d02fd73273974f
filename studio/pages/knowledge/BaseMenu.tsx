import { Menu, MenuItem } from '@mui/material';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { type Knowledge, useKnowledgeCommands } from './useKnowledge.ts';

export function BaseMenu({ base: { id, name } }: { readonly base: Knowledge }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const { save, remove } = useKnowledgeCommands();
  const choose = (next: 'rename' | 'delete') => () => {
    setAnchor(null);
    setOpen(next);
  };
  return (
    <>
      <IconAction
        label={`More for ${name}`}
        icon={Ellipsis}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={choose('rename')}>
          <PencilLine aria-hidden />
          Rename
        </MenuItem>
        <MenuItem onClick={choose('delete')}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </Menu>
      {open === 'rename' && (
        <NameDialog
          title="Rename the knowledge base"
          name={name}
          onClose={() => setOpen(null)}
          onSave={(next) => save.mutate({ id, name: next })}
        />
      )}
      {open === 'delete' && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          text="Its files go with it, and agents that read it find nothing any more. This cannot be undone."
          confirm="Delete"
          onClose={() => setOpen(null)}
          onConfirm={() => remove.mutate({ id })}
        />
      )}
    </>
  );
}
