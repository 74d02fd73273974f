import { TriangleAlert } from 'lucide-react';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import { plural } from '../../ui/formats.ts';
import styles from './AgentEditor.module.css';

/** What is to be fixed before the agent can be used; when there is nothing, what is worth a look. */
export function AgentProblems({ problems }: { readonly problems: readonly GraphProblem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const shown = errors.length > 0 ? errors : problems;
  if (shown.length === 0) return null;
  const title =
    errors.length > 0
      ? `${plural(errors.length, 'thing')} to fix before it can be used`
      : `${plural(problems.length, 'thing')} to look at`;
  return (
    <section className={styles.problems} aria-label={title} data-testid="agent-problems">
      <h2>
        <TriangleAlert aria-hidden />
        {title}
      </h2>
      <ul>
        {shown.map(({ code, field, message, fix }) => (
          <li key={`${code} ${field} ${message}`}>
            <button type="button" onClick={() => focusOn(field)}>
              {message}
              <small>{fix}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Leads to the field that a problem is about, unfolding what it stands in. */
function focusOn(field: string | null): void {
  const input = field === null ? null : document.querySelector<HTMLElement>(`form [name="${field}"]`);
  input?.closest('details')?.setAttribute('open', '');
  input?.focus();
  input?.scrollIntoView({ block: 'nearest' });
}
