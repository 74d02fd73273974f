import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
/** Gathers what owners are to be told, and anchors the audit: it must know of every workspace's. */
const CARETAKER = `current_setting('app.role', true) = 'caretaker'`;

/**
 * Where a workspace sends things, as it was changed and owners are not told of yet; which sessions began in a browser that
 * was not known; and the ends of all audit logs, for who writes them down elsewhere.
 */
export const destinations: Migration = {
  name: '043-destinations',
  up: [
    'alter table sessions add column is_new_device boolean not null default false',
    `create table destination_changes (
       workspace_id uuid not null references workspaces on delete cascade,
       id uuid primary key,
       actor_id uuid references users on delete set null,
       is_told_to_actor boolean not null,
       kind text not null check (kind in ('credential', 'toolServer', 'callback')),
       name text not null,
       former text not null,
       places text not null,
       created_at timestamptz not null default now()
     )`,
    'create index destination_changes_due on destination_changes (workspace_id, created_at)',
    'alter table destination_changes enable row level security',
    `create policy destination_changes_own on destination_changes using (${OWN}) with check (${OWN})`,
    `create policy destination_changes_caretaker on destination_changes for select using (${CARETAKER})`,
    'grant select, insert, delete on destination_changes to troupe_app',
    `create policy audit_heads_caretaker on audit_heads for select using (${CARETAKER})`,
  ],
  down: [
    'drop policy audit_heads_caretaker on audit_heads',
    'drop table destination_changes',
    'alter table sessions drop column is_new_device',
  ],
};
