import type { Migration } from '../migrate.ts';

/** Where forks come from and go on, for people: `ForkOrigin` and `CopiedFrom`; and answers that a person gave. */
export const family: Migration = {
  name: '003-family',
  up: [
    `alter table simulations
       add column origin jsonb,
       add column continued_in uuid,
       add column copied_from jsonb`,
    'alter table steps add column is_edited boolean not null default false',
  ],
  down: [
    'alter table steps drop column is_edited',
    'alter table simulations drop column origin, drop column continued_in, drop column copied_from',
  ],
};
