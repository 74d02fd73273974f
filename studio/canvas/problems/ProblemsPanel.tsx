import { ChevronDown, TriangleAlert } from 'lucide-react';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import { plural } from '../../ui/formats.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import styles from './ProblemsPanel.module.css';
import { showProblems, useProblemList } from './problemList.ts';
import { problemKey, useGoToProblem } from './useGoToProblem.ts';
import { useProblems } from './useProblems.ts';

/** What is to be fixed, in the corner of the stage. A click leads to the very field. */
export function ProblemsPanel() {
  const { all, errors } = useProblems();
  const isOpen = useProblemList((state) => state.isOpen);
  const goTo = useGoToProblem();
  const [first] = all;
  if (!first) return null;
  const title =
    errors.length > 0
      ? `${plural(errors.length, 'thing')} to fix`
      : `${plural(all.length, 'thing')} to look at`;
  if (isOpen) return <ProblemList title={title} problems={all} />;
  return (
    <button
      type="button"
      className={`card ${styles.panel}`}
      data-testid="problems"
      data-errors={errors.length}
      onClick={() => (all.length === 1 ? goTo(first) : showProblems(true))}
    >
      <TriangleAlert aria-hidden className={errors.length > 0 ? styles.error : styles.warning} />
      <span>
        <b>{title}</b> <span className="muted">{first.message}</span>
      </span>
    </button>
  );
}

interface ProblemListProps {
  readonly title: string;
  readonly problems: readonly GraphProblem[];
}

function ProblemList({ title, problems }: ProblemListProps) {
  const goTo = useGoToProblem();
  return (
    <section className={`card ${styles.list}`} aria-label={title} data-testid="problem-list">
      <header>
        <b>{title}</b>
        <IconAction label="Fold" icon={ChevronDown} size="small" onClick={() => showProblems(false)} />
      </header>
      <ul>
        {problems.map((problem) => (
          <li key={problemKey(problem)}>
            <button type="button" onClick={() => goTo(problem)}>
              <TriangleAlert
                aria-label={problem.severity === 'error' ? 'To fix' : 'To look at'}
                className={problem.severity === 'error' ? styles.error : styles.warning}
              />
              <span>
                {problem.message}
                <small>{problem.fix}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
