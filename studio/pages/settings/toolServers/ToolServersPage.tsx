import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Plug } from 'lucide-react';
import { useState } from 'react';
import { TopBar } from '../../../shell/TopBar.tsx';
import { trpc } from '../../../trpc.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { May } from '../../../workspace/May.tsx';
import { ToolServerCard } from './ToolServerCard.tsx';
import { ToolServerDialog } from './ToolServerDialog.tsx';
import styles from './ToolServersPage.module.css';

/** Servers whose tools agents may use, and what was agreed to of each. */
export function ToolServersPage() {
  useTitle('Tool servers');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <TopBar title="Tool servers">
        <May action="edit">
          <Button variant="contained" color="primary" onClick={() => setIsAdding(true)}>
            <Plug aria-hidden />
            Add a tool server
          </Button>
        </May>
      </TopBar>
      <ToolServers onAdd={() => setIsAdding(true)} />
      {isAdding && <ToolServerDialog onClose={() => setIsAdding(false)} />}
    </>
  );
}

function ToolServers({ onAdd }: { readonly onAdd: () => void }) {
  const servers = useQuery(trpc.mcpServers.list.queryOptions());
  if (servers.isPending) return <LoadingScreen title="Looking for tool servers" />;
  if (servers.isError)
    return (
      <FailedScreen
        title="The tool servers could not be loaded"
        error={servers.error}
        onRetry={() => servers.refetch()}
      />
    );
  const { items } = servers.data;
  if (items.length === 0) return <NoToolServers onAdd={onAdd} />;
  return (
    <div className="scroll">
      <p className={styles.intro}>
        Agents can be given these tools as they were when you agreed to them. When a server changes one, steps
        that use its tools stop until somebody looks at the change and agrees.
      </p>
      <ul className={styles.list}>
        {items.map((server) => (
          <ToolServerCard key={server.id} server={server} />
        ))}
      </ul>
    </div>
  );
}

const NoToolServers = ({ onAdd }: { readonly onAdd: () => void }) => (
  <Screen
    face="Engineer"
    index={3}
    title="No tool servers yet"
    action={
      <May action="edit">
        <Button variant="contained" color="primary" onClick={onAdd}>
          Add a tool server
        </Button>
      </May>
    }
  >
    Agents have tools of their own: web, files, mail and more. A server that speaks MCP over HTTP brings
    others.
  </Screen>
);
