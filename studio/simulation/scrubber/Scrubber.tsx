import type { CrewGraph } from '#workflows/graph/schema.ts';
import { useMarks } from '../replay/useMarks.ts';
import { useReplayState } from '../replay/useReplay.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { useView } from '../timeline/useView.ts';
import { Controls } from './Controls.tsx';
import styles from './Scrubber.module.css';
import { useMarkCommands } from './useMarkCommands.ts';

interface ScrubberProps {
  readonly graph: CrewGraph;
  /** Where the lanes are what one came for, they have more room. */
  readonly isTall: boolean;
  /** On a small screen, something lies over the page. */
  readonly isFolded: boolean;
}

/** Time along the lower edge: what happened when, and how one goes there. */
export function Scrubber({ graph, isTall, isFolded }: ScrubberProps) {
  const length = useReplayState(({ clock }) => clock.length);
  const hasBegun = useReplayState(({ history }) => history.events.length > 0);
  const control = useView(length);
  const marks = useMarks(graph);
  useMarkCommands(marks);
  return (
    <section className={styles.time} data-tall={isTall} data-folded={isFolded} aria-label="Timeline">
      <Controls marks={marks} control={control} />
      {hasBegun ? (
        <Timeline graph={graph} marks={marks} control={control} />
      ) : (
        <p className={styles.empty}>Nothing has happened yet.</p>
      )}
    </section>
  );
}
