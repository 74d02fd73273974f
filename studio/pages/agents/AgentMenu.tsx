import { Menu, MenuItem } from '@mui/material';
import { Copy, Ellipsis, Globe, Lock, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { useAgentCommands } from './useAgentCommands.ts';

interface AgentMenuProps {
  readonly agent: {
    readonly id: string;
    readonly name: string;
    readonly visibility: 'private' | 'public';
  };
  /** The page that shows it has nothing to show any more. */
  readonly onRemoved?: () => void;
  readonly onPublished?: (visibility: 'private' | 'public') => void;
  /** Runs before what is done with the agent as it is saved; resolves to whether it is. */
  readonly onSave?: () => Promise<boolean>;
}

export function AgentMenu({ agent, onRemoved, onPublished, onSave }: AgentMenuProps) {
  const { id, name, visibility } = agent;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isDeleting, setIsDeleting] = useState(false);
  const { duplicate, publish, remove } = useAgentCommands(onRemoved ? { onRemoved } : {});
  const close = () => setAnchor(null);
  const choose = (act: () => void) => () => {
    close();
    act();
  };
  const chooseSaved = (act: () => void) =>
    choose(() => {
      const saved = onSave ? onSave() : Promise.resolve(true);
      saved.then((isSaved) => isSaved && act()).catch(() => undefined);
    });
  const isPublic = visibility === 'public';
  const handlePublish = () =>
    publish.mutate(
      { id, visibility: isPublic ? 'private' : 'public' },
      { onSuccess: (saved) => onPublished?.(saved.visibility) },
    );
  return (
    <>
      <IconAction
        label={`More for ${name || 'this agent'}`}
        icon={Ellipsis}
        size="small"
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <MenuItem onClick={chooseSaved(() => duplicate.mutate({ id }))}>
          <Copy aria-hidden />
          Duplicate
        </MenuItem>
        <MenuItem onClick={chooseSaved(handlePublish)}>
          {isPublic ? <Lock aria-hidden /> : <Globe aria-hidden />}
          {isPublic ? 'Make private' : 'Make public'}
        </MenuItem>
        <MenuItem onClick={choose(() => setIsDeleting(true))}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${name || 'this agent'}?`}
          text="What it was tried with goes with it. Copies in crews stay as they are. This cannot be undone."
          confirm="Delete"
          onClose={() => setIsDeleting(false)}
          onConfirm={() => remove.mutate({ id })}
        />
      )}
    </>
  );
}
