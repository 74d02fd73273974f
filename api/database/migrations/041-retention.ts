import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
/** Removes what has had its time. */
const CARETAKER = `current_setting('app.role', true) = 'caretaker'`;

/**
 * How long ended simulations are kept, which of them are kept for good, and texts that may have lost the last simulation
 * that named them. What is there already gets thirty days, in which people can keep it.
 */
export const retention: Migration = {
  name: '041-retention',
  up: [
    `alter table workspaces
       add column retention_days integer default 90 check (retention_days in (30, 90, 365)),
       add column retention_not_before timestamptz`,
    `update workspaces set retention_not_before = now() + interval '30 days'`,
    `alter table simulations
       add column is_kept boolean not null default false,
       add column kept_until timestamptz`,
    `create index simulations_ended on simulations (workspace_id, ended_at)
       where ended_at is not null and not is_kept`,
    `create policy simulations_caretaker on simulations for select using (${CARETAKER})`,
    `create table content_candidates (
       workspace_id uuid not null references workspaces on delete cascade,
       sha256 bytea not null,
       marked_at timestamptz,
       primary key (workspace_id, sha256)
     )`,
    'alter table content_candidates enable row level security',
    `create policy content_candidates_own on content_candidates using (${OWN}) with check (${OWN})`,
    `create policy content_candidates_caretaker on content_candidates for select using (${CARETAKER})`,
    `create table sweep_totals (name text primary key, total bigint not null)`,
    'alter table sweep_totals enable row level security',
    `create policy sweep_totals_caretaker on sweep_totals using (${CARETAKER}) with check (${CARETAKER})`,
    'grant select, insert, update, delete on content_candidates, sweep_totals to troupe_app',
    // Found across workspaces when their time is over.
    ...['idempotency_keys', 'invitations'].map(
      (table) => `create policy ${table}_caretaker on ${table} using (${CARETAKER}) with check (false)`,
    ),
    'create index idempotency_keys_age on idempotency_keys (created_at)',
    'create index invitations_expiry on invitations (expires_at)',
  ],
  down: [
    'drop index invitations_expiry, idempotency_keys_age',
    ...['idempotency_keys', 'invitations'].map((table) => `drop policy ${table}_caretaker on ${table}`),
    'drop table sweep_totals, content_candidates',
    'drop policy simulations_caretaker on simulations',
    'drop index simulations_ended',
    'alter table simulations drop column is_kept, drop column kept_until',
    'alter table workspaces drop column retention_days, drop column retention_not_before',
  ],
};
