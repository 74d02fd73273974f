import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
const SWEEPER = `current_setting('app.role', true) = 'sweeper'`;
/** Looks after the installation: who there is, what is used and what fails. Never what people wrote. */
const ADMIN = `current_setting('app.role', true) = 'admin'`;

/** What an administrator counts and lists. Texts of people are in other tables, or in columns that no view of theirs asks for. */
const SEEN_BY_ADMINS = ['workspaces', 'memberships', 'simulations', 'calls', 'files', 'simulation_files'];

/** The switch that stops a workspace, and what those who look after the installation may see. */
export const stops: Migration = {
  name: '035-stops',
  up: [
    `create table workspace_stops (
       workspace_id uuid primary key references workspaces on delete cascade,
       by_admin boolean not null,
       by_user uuid references users on delete set null,
       reason text not null,
       created_at timestamptz not null default now()
     )`,
    'alter table workspace_stops enable row level security',
    `create policy workspace_stops_own on workspace_stops using (${OWN}) with check (${OWN})`,
    `create policy workspace_stops_sweeper on workspace_stops for select using (${SWEEPER})`,
    `create policy workspace_stops_admin on workspace_stops for select using (${ADMIN})`,
    'grant select, insert, update, delete on workspace_stops to troupe_app',
    `alter table simulations add column paused_by_stop boolean not null default false`,
    ...SEEN_BY_ADMINS.map((table) => `create policy ${table}_admin on ${table} for select using (${ADMIN})`),
    'create index calls_started on calls using brin (started_at)',
    `create index simulations_failed on simulations (updated_at desc, id desc) where status = 'failed'`,
  ],
  down: [
    'drop index simulations_failed, calls_started',
    ...SEEN_BY_ADMINS.map((table) => `drop policy ${table}_admin on ${table}`),
    'alter table simulations drop column paused_by_stop',
    'drop table workspace_stops',
  ],
};
