export interface RoundOptions {
  /** From the end of one round to the beginning of the next. */
  readonly pauseMs: number;
  readonly onError: (error: unknown) => void;
}

export interface Rounds {
  /** No more rounds; the one under way is waited for. */
  stop(): Promise<void>;
}

/**
 * Looks for something to do, at once and again after each pause. What fails is left for the next round. A long round may
 * ask whether it should end.
 */
export function startRounds(
  round: (isStopped: () => boolean) => Promise<unknown>,
  { pauseMs, onError }: RoundOptions,
): Rounds {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const go = () => {
    underWay = work().finally(() => {
      if (!isStopped) timer = setTimeout(go, pauseMs);
    });
  };
  const work = async () => {
    try {
      await round(() => isStopped);
    } catch (error) {
      onError(error);
    }
  };
  go();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
