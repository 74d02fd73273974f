const sameMs = 500;

export interface StopHandlers {
  readonly onStop: () => void;
  /** Asked again while stopping: the person wants it over now. */
  readonly onKill: () => void;
}

/**
 * One Ctrl-C reaches this process up to three times: from the terminal, from npm and from first.mjs. What comes within half a
 * second is therefore one request. A launcher whose first.mjs is gone stops too, since no signal would reach it any more.
 */
export function onStopSignals({ onStop, onKill }: StopHandlers): void {
  let firstAt: number | undefined;
  const handle = () => {
    const now = Date.now();
    if (firstAt === undefined) {
      firstAt = now;
      onStop();
    } else if (now - firstAt > sameMs) onKill();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
  process.on('disconnect', () => {
    if (firstAt === undefined) handle();
  });
  process.channel?.unref();
}
