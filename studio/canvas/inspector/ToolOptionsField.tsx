import { findTool } from '#workflows/catalogue/tools.ts';
import type { ToolOptions } from '#workflows/graph/nodes/agent.ts';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './ToolOptionsField.module.css';
import { withOption } from './toolOptions.ts';

interface ToolOptionsFieldProps {
  /** Names of the tools that are chosen. */
  readonly tools: readonly string[];
  readonly options: ToolOptions | undefined;
  readonly onChange: (options: ToolOptions | undefined) => void;
}

/** For each chosen tool: how often it may be used in a task, and whether its result is the answer. */
export function ToolOptionsField({ tools, options, onChange }: ToolOptionsFieldProps) {
  if (tools.length === 0) return null;
  return (
    <fieldset className={styles.options}>
      <legend>How tools may be used in a task</legend>
      {tools.map((tool) => {
        const title = findTool(tool)?.title ?? tool;
        const { resultAsAnswer = false, maxUses } = options?.[tool] ?? {};
        return (
          <div key={tool}>
            <span title={tool}>{title}</span>
            <div>
              at most
              <TextInput
                type="number"
                min={1}
                max={1_000}
                value={maxUses ?? ''}
                placeholder="any"
                aria-label={`${title}: how often at most`}
                onChange={({ target }) =>
                  onChange(withOption(options, tool, { maxUses: usesOf(target.valueAsNumber) }))
                }
              />
              times
            </div>
            <label>
              <input
                type="checkbox"
                checked={resultAsAnswer}
                aria-label={`${title}: its result is the answer`}
                onChange={({ target }) =>
                  onChange(withOption(options, tool, { resultAsAnswer: target.checked || undefined }))
                }
              />
              its result is the answer
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}

const usesOf = (typed: number): number | undefined =>
  Number.isInteger(typed) && typed >= 1 && typed <= 1_000 ? typed : undefined;
