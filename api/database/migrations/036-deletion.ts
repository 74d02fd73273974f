import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
/** Ends what people wanted deleted, and writes their exports. It sees which these are, and nothing in them. */
const CARETAKER = `current_setting('app.role', true) = 'caretaker'`;

/**
 * Takes a person's name out of what others keep. Events and commands are never changed by the application, so the tables'
 * owner does this one thing for it. Whoever had the same name in the same simulation is forgotten with them.
 */
const FORGET_PERSON = `
create function forget_person(person uuid) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  known text := (select name from users where id = person);
begin
  with touched as (
    select distinct workspace_id, simulation_id from commands where by_user = person
    union select distinct workspace_id, simulation_id from questions where answered_by = person
    union select workspace_id, id from simulations where created_by = person
  )
  update events set data = jsonb_set(data, '{by}', 'null')
  from touched
  where events.workspace_id = touched.workspace_id and events.simulation_id = touched.simulation_id
    and events.data ->> 'by' = known;
  update simulations set waiting_for = jsonb_set(waiting_for, '{by}', 'null')
  where waiting_for ->> 'by' = known and id in (select simulation_id from commands where by_user = person);
  update commands set by_name = null where by_user = person;
  update questions set answered_by_name = null where answered_by = person;
end $$`;

export const deletion: Migration = {
  name: '036-deletion',
  up: [
    'alter table users add column deletion_due_at timestamptz',
    'create index users_deletion on users (deletion_due_at) where deletion_due_at is not null',
    'alter table workspaces add column deleted_at timestamptz',
    'create index workspaces_deleted on workspaces (deleted_at) where deleted_at is not null',
    `create table account_exports (
       workspace_id uuid not null references workspaces on delete cascade,
       id uuid primary key,
       user_id uuid not null references users on delete cascade,
       attempts integer not null default 0,
       size bigint,
       ready_at timestamptz,
       failed_at timestamptz,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       unique (workspace_id, id)
     )`,
    'create index account_exports_user on account_exports (user_id, created_at desc)',
    'alter table account_exports enable row level security',
    `create policy account_exports_own on account_exports using (${OWN}) with check (${OWN})`,
    `create policy account_exports_caretaker on account_exports using (${CARETAKER}) with check (${CARETAKER})`,
    'grant select, insert, update, delete on account_exports to troupe_app',
    FORGET_PERSON,
    'revoke all on function forget_person from public',
    'grant execute on function forget_person to troupe_app',
  ],
  down: [
    'drop function forget_person',
    'drop table account_exports',
    'alter table workspaces drop column deleted_at',
    'alter table users drop column deletion_due_at',
  ],
};
