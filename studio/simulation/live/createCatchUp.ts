import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { type ReadPage, readEvents } from '../readEvents.ts';

export interface CatchUp {
  /** Reads what has happened since the last event; when it reads already, once more after that. */
  readonly now: () => void;
  /** The same after a while, which grows as long as it fails. */
  readonly later: () => void;
  readonly stop: () => void;
}

interface CatchUpOptions {
  readonly read: ReadPage;
  readonly lastSeq: () => number;
  readonly onEvents: (events: readonly SimulationEvent[]) => void;
  readonly onDone: () => void;
  /** It tries again by itself. */
  readonly onFailed: () => void;
}

const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [500, 10_000];

/** Reads events from the last one on, whenever it is asked to, until nothing is missing. */
export function createCatchUp({ read, lastSeq, onEvents, onDone, onFailed }: CatchUpOptions): CatchUp {
  let isReading = false;
  let isAskedAgain = false;
  let isStopped = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = () => {
    clearTimeout(timer);
    if (isStopped) return;
    timer = setTimeout(now, Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
    failures += 1;
  };

  const finish = () => {
    isReading = false;
    failures = 0;
    if (isAskedAgain) now();
    else onDone();
  };

  function now(): void {
    if (isStopped) return;
    isAskedAgain = isReading;
    if (isReading) return;
    clearTimeout(timer);
    isReading = true;
    readEvents(read, lastSeq(), (events) => {
      if (!isStopped) onEvents(events);
    })
      .then(() => {
        if (!isStopped) finish();
      })
      .catch(() => {
        isReading = false;
        if (isStopped) return;
        onFailed();
        later();
      });
  }

  return {
    now,
    later,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
