import { Button } from '@mui/material';
import grid from '../crews/CrewGrid.module.css';
import { AgentCard, type AgentSummary } from './AgentCard.tsx';

interface AgentGridProps {
  readonly agents: readonly AgentSummary[];
  readonly onMore: (() => void) | undefined;
}

export const AgentGrid = ({ agents, onMore }: AgentGridProps) => (
  <div className="scroll">
    <ul className={grid.grid}>
      {agents.map((agent) => (
        <AgentCard key={agent.id} agent={agent} />
      ))}
    </ul>
    {onMore && (
      <div className={grid.more}>
        <Button onClick={onMore}>Show more</Button>
      </div>
    )}
  </div>
);
