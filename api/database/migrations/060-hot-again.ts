import type { Migration } from '../migrate.ts';

/**
 * Of `simulations_failed` only its condition was of use: the list of what failed sorts by milliseconds, which it does not
 * hold. With `updated_at` in it each event of any simulation wrote into all indexes of the table again.
 */
export const hotAgain: Migration = {
  name: '060-hot-again',
  up: [
    'drop index simulations_failed',
    `create index simulations_failed on simulations (id) where status = 'failed'`,
  ],
  down: [
    'drop index simulations_failed',
    `create index simulations_failed on simulations (updated_at desc, id desc) where status = 'failed'`,
  ],
};
