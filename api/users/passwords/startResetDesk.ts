import type { Services } from '../../context.ts';
import { answerResetRequests, type ResetParts } from './answerResetRequests.ts';

/** Somebody waits for the mail; on average it is under way half of this later. */
const LOOK_EACH_MS = 1_000;

export interface ResetDesk {
  stop(): Promise<void>;
}

/** Answers requests for new passwords for as long as the api runs, at a pace that has nothing to do with them. */
export function startResetDesk(parts: ResetParts & Pick<Services, 'log'>): ResetDesk {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();
  const look = () => {
    round = answerResetRequests(parts)
      .catch((error: unknown) => parts.log.warn({ err: error }, 'Requests for new passwords wait'))
      .finally(() => {
        if (!isStopped) timer = setTimeout(look, LOOK_EACH_MS);
      });
  };
  look();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
