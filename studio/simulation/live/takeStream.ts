import { canShare } from './joinTabs.ts';

// Of the six connections that a browser allows to one server; two remain for everything else.
const STREAMS = 4;

const nothing = () => undefined;

/** Takes one of the streams that all tabs of a browser share, and gives what lets go of it; null when all are taken. */
export async function takeStream(): Promise<(() => void) | null> {
  if (!canShare()) return nothing;
  for (let place = 0; place < STREAMS; place += 1) {
    const release = await takeLock(`troupe.stream.${place}`);
    if (release) return release;
  }
  return null;
}

const takeLock = (name: string): Promise<(() => void) | null> =>
  new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(null));
  });
