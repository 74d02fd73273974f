import { Button } from '@mui/material';
import { Plug, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Chip } from '../../../ui/Chip.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { formatMoment, formatWhen, plural } from '../../../ui/formats.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { May } from '../../../workspace/May.tsx';
import { useMay } from '../../../workspace/useWorkspace.ts';
import { ChangedTools } from './ChangedTools.tsx';
import { ToolList } from './ToolList.tsx';
import styles from './ToolServersPage.module.css';
import { type ToolServer, useToolServerCommands } from './useToolServerCommands.ts';

export function ToolServerCard({ server }: { readonly server: ToolServer }) {
  const { id, name, url, tools, changes, failure, checkedAt } = server;
  const mayEdit = useMay('edit');
  return (
    <li className={styles.card} aria-label={name}>
      <header className={styles.head}>
        <span className={styles.icon}>
          <Plug aria-hidden />
        </span>
        <div className={styles.name}>
          <h2>{name}</h2>
          <span className="mono">{url}</span>
        </div>
        <State server={server} />
        <May action="edit">
          <Acts server={server} />
        </May>
      </header>
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure.message}
        </p>
      )}
      {changes && mayEdit && <ChangedTools server={server} changes={changes} />}
      {tools.length > 0 && (
        <details className={styles.tools} open={tools.length <= 4}>
          <summary>
            {plural(tools.length, 'tool')} that agents can be given
            {checkedAt && <small title={formatMoment(checkedAt)}>looked at {formatWhen(checkedAt)}</small>}
          </summary>
          <ToolList key={id} tools={tools} />
        </details>
      )}
    </li>
  );
}

function State({ server: { state, tools } }: { readonly server: ToolServer }) {
  if (state === 'unreachable') return <Chip tone="fail">Not reached</Chip>;
  if (state === 'changed') return <Chip tone="wait">Changed</Chip>;
  if (state === 'unseen') return <Chip>Not looked at</Chip>;
  return <Chip tone="ok">{plural(tools.length, 'tool')}</Chip>;
}

function Acts({ server: { id, name } }: { readonly server: ToolServer }) {
  const [isRemoving, setIsRemoving] = useState(false);
  const { refresh, remove } = useToolServerCommands();
  return (
    <span className={styles.acts}>
      <Button size="small" disabled={refresh.isPending} onClick={() => refresh.mutate({ id })}>
        <RefreshCw aria-hidden />
        {refresh.isPending ? 'Looking…' : 'Look again'}
      </Button>
      <IconAction label={`Remove ${name}`} icon={Trash2} size="small" onClick={() => setIsRemoving(true)} />
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          text="Crews whose agents have its tools cannot be started until these are taken away."
          confirm="Remove"
          onClose={() => setIsRemoving(false)}
          onConfirm={() => remove.mutate({ id })}
        />
      )}
    </span>
  );
}
