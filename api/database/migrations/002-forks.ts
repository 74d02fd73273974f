import type { Migration } from '../migrate.ts';

/** How a simulation was forked: see `ForkRule`. Null for one that was started. */
export const forks: Migration = {
  name: '002-forks',
  up: [
    'alter table simulations add column fork jsonb',
    'create index simulations_forks on simulations (workspace_id, forked_from) where forked_from is not null',
    // When a step ended is said by its event; the column was never written.
    'alter table steps drop column ended_seq',
  ],
  down: [
    'alter table steps add column ended_seq integer',
    'drop index simulations_forks',
    'alter table simulations drop column fork',
  ],
};
