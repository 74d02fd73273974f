import { Button } from '@mui/material';
import type { inferRouterOutputs } from '@trpc/server';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { Cast } from '../../ui/Cast.tsx';
import { plural } from '../../ui/formats.ts';
import { Modal } from '../../ui/Modal.tsx';
import styles from './ImportReport.module.css';

type ImportResult = inferRouterOutputs<AppRouter>['crews']['import'];

/** What came out of the files, what has to be fixed, and what was left out: nothing is dropped silently. */
export function ImportReport({
  result,
  onClose,
}: {
  readonly result: ImportResult;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const { crew, warnings, problems } = result;
  const agents = crew.graph.nodes.flatMap((node) => (node.kind === 'agent' ? [node.data.name] : []));
  const tasks = crew.graph.nodes.filter((node) => node.kind === 'task').length;
  return (
    <Modal
      title={`${crew.name} is here`}
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Stay here</Button>
          <Button variant="contained" color="primary" onClick={() => navigate(`/crews/${crew.id}/edit`)}>
            Open the crew
          </Button>
        </>
      }
    >
      <div className={styles.cast}>
        <Cast names={agents} size={38} />
        <span className="muted">
          {plural(agents.length, 'agent')}, {plural(tasks, 'task')}
        </span>
      </div>
      {problems.length > 0 && (
        <ReportList
          title={`${plural(problems.length, 'thing')} to look at`}
          items={problems.map((problem) => ({ key: '', message: problem.message, help: problem.fix }))}
        />
      )}
      {warnings.length > 0 && (
        <ReportList
          title={`${plural(warnings.length, 'setting')} left out`}
          items={warnings.map(({ file, key, message }) => ({ key: `${file} · ${key}`, message, help: '' }))}
        />
      )}
      {problems.length + warnings.length === 0 && (
        <p className="muted">Everything in the files has a place here.</p>
      )}
    </Modal>
  );
}

interface ReportListProps {
  readonly title: string;
  readonly items: readonly { readonly key: string; readonly message: string; readonly help: string }[];
}

const ReportList = ({ title, items }: ReportListProps) => (
  <section className={styles.list}>
    <h3 className="overline">{title}</h3>
    <ul>
      {items.map(({ key, message, help }) => (
        <li key={`${key}${message}${help}`}>
          {key && <code className="mono">{key}</code>}
          <span>{message}</span>
          {help && <span className="muted">{help}</span>}
        </li>
      ))}
    </ul>
  </section>
);
