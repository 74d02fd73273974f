import { CardGrid } from '../../ui/LinkCard.tsx';
import { AgentCard, type AgentSummary } from './AgentCard.tsx';

interface AgentGridProps {
  readonly agents: readonly AgentSummary[];
  readonly onMore: (() => void) | undefined;
}

export const AgentGrid = ({ agents, onMore }: AgentGridProps) => (
  <CardGrid onMore={onMore}>
    {agents.map((agent) => (
      <AgentCard key={agent.id} agent={agent} />
    ))}
  </CardGrid>
);
