import { TriangleAlert } from 'lucide-react';
import { toolTitle } from '#workflows/catalogue/tools.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { cx } from '../../ui/cx.ts';
import { plainText } from '../../ui/plainText.ts';
import { useToldFailures } from '../steps/useToldFailures.ts';
import styles from './Transcript.module.css';

interface ToolChipsProps {
  readonly tools: readonly StepState[];
  readonly onOpen: (path: string) => void;
}

const LONGEST = 60;

/** Which tools were used, and what they gave; each opens its step. */
export function ToolChips({ tools, onOpen }: ToolChipsProps) {
  const isTold = useToldFailures();
  if (tools.length === 0) return null;
  return (
    <div className={styles.tools}>
      {tools.map(({ path, nodeId, tool, text, status, toolFailed }) => {
        const hasFailed = toolFailed && isTold(nodeId);
        return (
          <button
            key={path}
            type="button"
            className={cx(styles.tool, hasFailed && styles.toolFailed)}
            onClick={() => onOpen(path)}
          >
            {hasFailed && <TriangleAlert aria-label="Said that it failed:" />}
            {(toolTitle(tool ?? '') ?? tool ?? 'Tool').toLowerCase()} →{' '}
            {status === 'completed' ? plainText(text).slice(0, LONGEST) : status}
          </button>
        );
      })}
    </div>
  );
}
