import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { plural } from '../../ui/formats.ts';
import styles from './KnowledgePicker.module.css';
import { useKnowledgeList } from './useKnowledge.ts';

interface KnowledgePickerProps {
  readonly label: string;
  /** Ids of the chosen bases, in the order in which they were chosen. */
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly isDisabled?: boolean;
}

/** Chooses what an agent, or a whole crew, reads before its tasks. */
export function KnowledgePicker({ label, value, onChange, isDisabled = false }: KnowledgePickerProps) {
  const bases = useKnowledgeList();
  if (bases.isPending) return <p className="muted">Looking into the library</p>;
  if (bases.isError)
    return (
      <p role="alert" className={styles.problem}>
        {problemOf(bases.error).message}
      </p>
    );
  const { items } = bases.data;
  const known = new Set(items.map(({ id }) => id));
  const gone = value.filter((id) => !known.has(id));
  const toggle = (id: string) =>
    onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id]);
  return (
    <fieldset className={styles.picker} disabled={isDisabled}>
      <legend>{label}</legend>
      {items.map(({ id, name, sources, passages }) => (
        <label key={id} className={styles.choice}>
          <input type="checkbox" checked={value.includes(id)} onChange={() => toggle(id)} />
          <span className={styles.name}>{name}</span>
          <small>{sources.reading > 0 ? 'being read' : plural(passages, 'passage')}</small>
        </label>
      ))}
      {gone.map((id) => (
        <label key={id} className={styles.choice}>
          <input type="checkbox" checked onChange={() => toggle(id)} />
          <span className={styles.name}>Deleted, or of another workspace</span>
          <small>finds nothing</small>
        </label>
      ))}
      <Link to="/knowledge" className={styles.more}>
        {items.length === 0 ? 'Make a knowledge base first' : 'All knowledge bases'}
      </Link>
    </fieldset>
  );
}
