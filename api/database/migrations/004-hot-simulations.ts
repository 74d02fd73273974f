import type { Migration } from '../migrate.ts';

/**
 * Every event updates the row of its simulation. With `updated_at` in an index each of these wrote into all indexes of
 * the table; without it Postgres replaces the row in its page.
 */
export const hotSimulations: Migration = {
  name: '004-hot-simulations',
  up: [
    'drop index simulations_open',
    `create index simulations_open on simulations (id) where status in ('queued', 'running', 'waiting')`,
    // Room for the row to be replaced in.
    'alter table simulations set (fillfactor = 50)',
  ],
  down: [
    'alter table simulations reset (fillfactor)',
    'drop index simulations_open',
    `create index simulations_open on simulations (updated_at) where status in ('queued', 'running', 'waiting')`,
  ],
};
