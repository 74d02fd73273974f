import type { Migration } from '../migrate.ts';

/** Looks after providers' limits, whoever's they are. */
const KEEPER = `current_setting('app.role', true) = 'keeper'`;

/** Which workers are there, and how much each asks of which provider's key now: together they stay within its limit. */
export const workers: Migration = {
  name: '047-workers',
  up: [
    `create table workers (
      id uuid primary key,
      fleet text not null,
      asking jsonb not null,
      seen_at timestamptz not null default now()
    )`,
    'alter table workers enable row level security',
    `create policy workers_keeper on workers using (${KEEPER}) with check (${KEEPER})`,
    'grant select, insert, update, delete on workers to troupe_app',
  ],
  down: ['drop table workers'],
};
