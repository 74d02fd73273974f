import { useMemo } from 'react';
import { doersOf } from '../../canvas/cast.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { useLive } from '../replay/useReplay.ts';
import { stepTitle } from '../steps/stepTitle.ts';
import styles from './ForkPanel.module.css';
import type { ForkPreview } from './useForkPreview.ts';

interface PreviewStepsProps {
  readonly view: SimulationView;
  readonly preview: ForkPreview;
}

const ROW = 28;
const MOST_ROWS = 5;

/** Step by step: what runs, what is reused. */
export function PreviewSteps({ view, preview }: PreviewStepsProps) {
  const doers = useMemo(() => doersOf(view.graph), [view.graph]);
  const known = useLive(({ state }) => state.steps);
  return (
    <details className={styles.steps}>
      <summary>Which steps</summary>
      <div style={{ height: Math.min(preview.steps.length, MOST_ROWS) * ROW }}>
        <VirtualRows
          label="Steps of the fork"
          rows={preview.steps}
          rowHeight={ROW}
          keyOf={({ path }) => path}
          render={({ path, nodeId, kind, reuse, edited }) => {
            const member = doers.get(nodeId);
            const who = member?.name ?? 'Nobody';
            const isSkipped = reuse || edited;
            return (
              <span className={cx(styles.step, isSkipped && styles.kept)}>
                <Face name={who} index={member?.index ?? -1} size={18} isDecorative />
                <span>{stepTitle(who, known[path] ?? { kind, path, tool: null })}</span>
                <b>{edited ? 'yours' : reuse ? 'reused' : 'runs'}</b>
              </span>
            );
          }}
        />
      </div>
    </details>
  );
}
