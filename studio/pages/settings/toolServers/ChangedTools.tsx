import { Button } from '@mui/material';
import { ToolList } from './ToolList.tsx';
import styles from './ToolServersPage.module.css';
import { type ToolServer, useToolServerCommands } from './useToolServerCommands.ts';

interface ChangedToolsProps {
  readonly server: ToolServer;
  readonly changes: NonNullable<ToolServer['changes']>;
}

/** What a server says now, beside what was agreed to: people read it before agents are told it. */
export function ChangedTools({ server: { id, seen, seenHash }, changes }: ChangedToolsProps) {
  const { confirm } = useToolServerCommands();
  const isIn = (names: readonly string[]) => seen.filter(({ tool }) => names.includes(tool));
  return (
    <section className={styles.changes} aria-label="What changed">
      <p>This server is not as you agreed to it. Read what it tells agents now.</p>
      <Part title="New" tools={isIn(changes.added)} />
      <Part title="Changed" tools={isIn(changes.changed)} />
      {changes.removed.length > 0 && (
        <>
          <h3>Gone</h3>
          <p className="mono">{changes.removed.join(', ')}</p>
        </>
      )}
      <Button
        variant="contained"
        color="primary"
        disabled={confirm.isPending || seenHash === null}
        onClick={() => seenHash !== null && confirm.mutate({ id, hash: seenHash })}
      >
        Agree to these tools
      </Button>
    </section>
  );
}

const Part = ({ title, tools }: { readonly title: string; readonly tools: ToolServer['seen'] }) =>
  tools.length > 0 && (
    <>
      <h3>{title}</h3>
      <ToolList tools={tools} />
    </>
  );
