import { TriangleAlert } from 'lucide-react';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import { plural } from '../../ui/formats.ts';
import styles from './AgentEditor.module.css';

/** Everything that is to be fixed before the agent can be used, and what is worth a look. */
export function AgentProblems({ problems }: { readonly problems: readonly GraphProblem[] }) {
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const title =
    errors.length > 0
      ? `${plural(errors.length, 'thing')} to fix before it can be used`
      : `${plural(problems.length, 'thing')} to look at`;
  return (
    <section className={styles.problems} aria-label="To fix" data-testid="agent-problems">
      <h2>
        <TriangleAlert aria-hidden />
        {title}
      </h2>
      <ul>
        {problems.map(({ code, field, message, fix }) => (
          <li key={`${code} ${field} ${message}`}>
            {message}
            <small>{fix}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
