import type { UseFormRegisterReturn } from 'react-hook-form';
import { findTool, TOOLS } from '#workflows/catalogue/tools.ts';
import styles from './form.module.css';
import { type OfferedTool, useServerTools } from './useServerTools.ts';

interface ToolChecksProps {
  readonly label: string;
  readonly hint?: string;
  readonly chosen: readonly string[];
  readonly field: UseFormRegisterReturn;
}

/**
 * Tools of the catalogue and of the workspace's tool servers, and those a file named that are in neither: nothing is
 * taken away unseen.
 */
export function ToolChecks({ label, hint, chosen, field }: ToolChecksProps) {
  const fromServers = useServerTools();
  const names = [...new Set([...[...TOOLS, ...fromServers].map(({ name }) => name), ...chosen])];
  const find = (name: string) => findTool(name) ?? fromServers.find((tool) => tool.name === name);
  return (
    <fieldset className={styles.tools}>
      <legend>{label}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="checkbox" value={name} {...field} />
          <span title={aboutTool(find(name))}>{find(name)?.title ?? `${name} (not here)`}</span>
        </label>
      ))}
      {hint && <p>{hint}</p>}
    </fieldset>
  );
}

/** For people: what it does and reaches. Of a tool server's tool, whose it is. */
const aboutTool = (tool: OfferedTool | undefined): string | undefined =>
  tool && (tool.summary ?? tool.description);
