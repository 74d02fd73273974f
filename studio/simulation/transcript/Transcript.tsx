import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { useHidden } from '../replay/useHidden.ts';
import { useRun } from '../useSimulation.ts';
import { ToCome } from './ToCome.tsx';
import styles from './Transcript.module.css';
import { TranscriptLine } from './TranscriptLine.tsx';
import { scriptOf } from './transcript.ts';
import { useStickToEnd } from './useStickToEnd.ts';
import { WaitingCard } from './WaitingCard.tsx';

const USUAL_HEIGHT = 150;

interface TranscriptProps {
  readonly simulationId: string;
  readonly graph: CrewGraph;
  readonly onRetry: () => void;
}

/** What was said, in order. Only what is in view is in the page, so that a thousand lines read as well as four. */
export function Transcript({ simulationId, graph, onRetry }: TranscriptProps) {
  const state = useRun((run) => run.state);
  const hidden = useHidden();
  const { lines, toCome } = useMemo(() => scriptOf(graph, state, hidden), [graph, state, hidden]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length + (toCome.length > 0 || state.status === 'waiting' ? 1 : 0),
    getScrollElement: () => scroll.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (place) => lines[place]?.task.id ?? 'to come',
    overscan: 4,
  });
  const height = virtual.getTotalSize();
  const failedAt = lines.findIndex(({ node }) => node?.status === 'failed');
  useStickToEnd(scroll, height, failedAt < 0 ? undefined : virtual.getOffsetForIndex(failedAt, 'end')?.[0]);
  return (
    <section ref={scroll} className={styles.script} aria-label="Transcript" data-testid="transcript">
      <div className={styles.lines} style={{ height }}>
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
              {line ? (
                <TranscriptLine
                  line={line}
                  simulationId={simulationId}
                  isGuessed={hidden.has(line.task.id)}
                  onRetry={onRetry}
                />
              ) : (
                <>
                  <WaitingCard />
                  <ToCome lines={toCome} />
                  {state.status === 'queued' && (
                    <p className={styles.queued}>It begins by itself as soon as its turn comes.</p>
                  )}
                </>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
