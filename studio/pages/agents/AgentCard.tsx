import type { inferRouterOutputs } from '@trpc/server';
import { Globe, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import { Chip } from '../../ui/Chip.tsx';
import { castColour } from '../../ui/castColour.ts';
import { Face } from '../../ui/Face.tsx';
import { formatWhen, plural } from '../../ui/formats.ts';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import styles from './AgentCard.module.css';
import { AgentMenu } from './AgentMenu.tsx';

export type AgentSummary = inferRouterOutputs<AppRouter>['agents']['list']['items'][number];

/** An agent in the library: its face first, then who it is, what it wants, and what it works with. */
export function AgentCard({ agent }: { readonly agent: AgentSummary }) {
  const { id, name, role, goal, updatedAt } = agent;
  const index = libraryIndex(id);
  return (
    <li className={`card ${styles.agent}`} style={{ '--c': castColour(index) }} data-testid="agent-card">
      <div className={styles.head}>
        <Face name={name || 'Nameless'} index={index} size={46} isDecorative />
        <AgentMenu agent={agent} />
      </div>
      <h2>
        <Link to={`/agents/${id}`} className={styles.name}>
          {name || 'Nameless'}
        </Link>
      </h2>
      {role !== name && <p className={styles.role}>{role || 'No role yet'}</p>}
      <p className={styles.goal}>{goal || 'Has no goal yet.'}</p>
      <footer className={styles.foot}>
        <State agent={agent} />
        <span className="grow" />
        <span className="mono faint">{formatWhen(updatedAt)}</span>
      </footer>
    </li>
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
