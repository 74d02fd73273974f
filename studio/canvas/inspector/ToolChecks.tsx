import type { UseFormRegisterReturn } from 'react-hook-form';
import { findTool, TOOLS } from '#workflows/catalogue/tools.ts';
import styles from './form.module.css';

interface ToolChecksProps {
  readonly label: string;
  readonly hint?: string;
  readonly chosen: readonly string[];
  readonly field: UseFormRegisterReturn;
}

/** Tools of the catalogue, and those a file named that are not in it: nothing is taken away unseen. */
export function ToolChecks({ label, hint, chosen, field }: ToolChecksProps) {
  const names = [...new Set([...TOOLS.map(({ name }) => name), ...chosen])];
  return (
    <fieldset className={styles.tools}>
      <legend>{label}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="checkbox" value={name} {...field} />
          <span title={findTool(name)?.description}>{findTool(name)?.title ?? `${name} (not here)`}</span>
        </label>
      ))}
      {hint && <p>{hint}</p>}
    </fieldset>
  );
}
