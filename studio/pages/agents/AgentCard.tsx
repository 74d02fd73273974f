import type { inferRouterOutputs } from '@trpc/server';
import { Globe, TriangleAlert } from 'lucide-react';
import type { AppRouter } from '#api/router.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import { Chip } from '../../ui/Chip.tsx';
import { castColour } from '../../ui/castColour.ts';
import { Face } from '../../ui/Face.tsx';
import { plural } from '../../ui/formats.ts';
import { LinkCard } from '../../ui/LinkCard.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { May } from '../../workspace/May.tsx';
import { AgentMenu } from './AgentMenu.tsx';

export type AgentSummary = inferRouterOutputs<AppRouter>['agents']['list']['items'][number];

/** An agent in the library: its face first, then who it is, what it wants, and what it works with. */
export function AgentCard({ agent }: { readonly agent: AgentSummary }) {
  const { id, name, role, goal, updatedAt } = agent;
  const index = libraryIndex(id);
  return (
    <LinkCard
      to={`/agents/${id}`}
      title={name || 'Nameless'}
      head={
        <>
          <Face name={name || 'Nameless'} index={index} size={46} isDecorative />
          <May action="edit">
            <AgentMenu agent={agent} />
          </May>
        </>
      }
      role={role === name ? undefined : role || 'No role yet'}
      about={goal || 'Has no goal yet.'}
      state={<State agent={agent} />}
      changedAt={updatedAt}
      testId="agent-card"
      style={{ '--c': castColour(index) }}
    />
  );
}

function State({ agent: { problemCount, visibility, tools } }: { readonly agent: AgentSummary }) {
  if (problemCount > 0) {
    return (
      <Chip tone="wait" icon={TriangleAlert}>
        {plural(problemCount, 'thing')} to fix
      </Chip>
    );
  }
  const titles = tools.map((name) => findTool(name)?.title ?? name);
  return (
    <>
      {visibility === 'public' && (
        <Chip tone="info" icon={Globe}>
          Public
        </Chip>
      )}
      {titles.length > 0 && <Chip title={titles.join(', ')}>{plural(titles.length, 'tool')}</Chip>}
    </>
  );
}
