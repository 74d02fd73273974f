import { findTool } from '#workflows/catalogue/tools.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { plainText } from '../../ui/plainText.ts';
import styles from './Transcript.module.css';

interface ToolChipsProps {
  readonly tools: readonly StepState[];
  readonly onOpen: (path: string) => void;
}

const LONGEST = 60;

/** Which tools were used, and what they gave; each opens its step. */
export function ToolChips({ tools, onOpen }: ToolChipsProps) {
  if (tools.length === 0) return null;
  return (
    <div className={styles.tools}>
      {tools.map(({ path, tool, text, status }) => (
        <button key={path} type="button" className={styles.tool} onClick={() => onOpen(path)}>
          {(findTool(tool ?? '')?.title ?? tool ?? 'Tool').toLowerCase()} →{' '}
          {status === 'completed' ? plainText(text).slice(0, LONGEST) : status}
        </button>
      ))}
    </div>
  );
}
