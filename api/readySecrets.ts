import type { Services } from './context.ts';
import { isDatabaseAway } from './database/isDatabaseAway.ts';
import { doorOf } from './database/secrets/Door.ts';
import { checkKeys, rewrapKeys } from './database/secrets/lookAfterKeys.ts';

/**
 * Refuses to start with other SECRET_KEYS than the database was written with, and puts all keys in it under the newest.
 * While the database is away the api starts all the same; what then needs a key that is missing says so.
 */
export async function readySecrets({ database, keys, log }: Services): Promise<void> {
  const door = doorOf(database);
  try {
    await checkKeys(door, keys);
    const { moved, damaged } = await rewrapKeys(door, keys);
    if (moved > 0) log.info({ moved }, 'Data keys are now under the newest of SECRET_KEYS');
    if (damaged > 0) log.warn({ damaged }, 'Some data keys cannot be opened');
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    log.warn('The database is away: SECRET_KEYS could not be checked');
  }
}
