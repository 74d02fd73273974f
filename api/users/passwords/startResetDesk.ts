import type { Services } from '../../context.ts';
import { type Rounds, startRounds } from '../../database/startRounds.ts';
import { answerResetRequests, type ResetParts } from './answerResetRequests.ts';

/** Somebody waits for the mail; on average it is under way half of this later. */
const LOOK_EACH_MS = 1_000;

/** Answers requests for new passwords for as long as the api runs, at a pace that has nothing to do with them. */
export const startResetDesk = (parts: ResetParts & Pick<Services, 'log'>): Rounds =>
  startRounds(() => answerResetRequests(parts), {
    pauseMs: LOOK_EACH_MS,
    onError: (error) => parts.log.warn({ err: error }, 'Requests for new passwords wait'),
  });
