import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { useRun } from '../useSimulation.ts';
import styles from './Transcript.module.css';
import { TranscriptLine } from './TranscriptLine.tsx';
import { transcriptOf } from './transcript.ts';

const USUAL_HEIGHT = 150;

interface TranscriptProps {
  readonly simulationId: string;
  readonly graph: CrewGraph;
  readonly onRetry: () => void;
}

/** What was said, in order. Only what is in view is in the page, so that a thousand lines read as well as four. */
export function Transcript({ simulationId, graph, onRetry }: TranscriptProps) {
  const state = useRun((run) => run.state);
  const lines = useMemo(() => transcriptOf(graph, state), [graph, state]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (place) => lines[place]?.task.id ?? place,
    overscan: 4,
  });
  return (
    <section ref={scroll} className={styles.script} aria-label="Transcript" data-testid="transcript">
      <div className={styles.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index];
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              {line && <TranscriptLine line={line} simulationId={simulationId} onRetry={onRetry} />}
            </div>
          );
        })}
      </div>
    </section>
  );
}
