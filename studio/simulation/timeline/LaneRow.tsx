import { memo } from 'react';
import { castColour } from '../../ui/castColour.ts';
import { DoerFace } from './DoerFace.tsx';
import type { Doer } from './doerOf.ts';
import type { Drawn } from './drawn.ts';
import { StepBox } from './StepBox.tsx';
import styles from './Timeline.module.css';
import type { View } from './view.ts';

interface LaneRowProps {
  readonly doer: Doer;
  readonly rows: readonly (readonly Drawn[])[];
  readonly onShow: (view: View) => void;
}

/** What one of the cast did, or people. Knows nothing of the playhead, so that playing does not draw it anew. */
export const LaneRow = memo(function LaneRow({ doer, rows, onShow }: LaneRowProps) {
  const { name, member } = doer;
  return (
    <section
      className={styles.lane}
      style={{ '--c': castColour(member?.index ?? -1) }}
      data-crowded={rows.length > 1}
      aria-label={name}
    >
      <div className={styles.who}>
        <DoerFace doer={doer} size={24} />
        <span title={name}>{name}</span>
      </div>
      <div className={styles.tracks}>
        {rows.map((row, place) => (
          <div key={row[0]?.key ?? place} className={styles.track}>
            {row.map((drawn) => (
              <StepBox key={drawn.key} drawn={drawn} who={name} onShow={onShow} />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
});
