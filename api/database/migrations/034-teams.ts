import type { Migration } from '../migrate.ts';

const WORKSPACE = `nullif(current_setting('app.workspace', true), '')::uuid`;
const USER = `nullif(current_setting('app.user', true), '')::uuid`;
/** Ends accounts and workspaces that were deleted: it must know whose they are. */
const CARETAKER = `current_setting('app.role', true) = 'caretaker'`;

/**
 * Teams: who is invited, and a second wall around who belongs where. A workspace and its members are seen from inside of
 * it; a person sees what they belong to, also before there is a workspace to look from.
 */
export const teams: Migration = {
  name: '034-teams',
  up: [
    `create table invitations (
       workspace_id uuid not null references workspaces on delete cascade,
       id uuid primary key,
       email text not null,
       role text not null check (role in ('owner', 'editor', 'runner', 'viewer')),
       invited_by uuid references users on delete set null,
       expires_at timestamptz not null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     )`,
    'create unique index invitations_address on invitations (workspace_id, lower(email))',
    ...['memberships', 'workspaces', 'invitations'].map(
      (table) => `alter table ${table} enable row level security`,
    ),
    `create policy memberships_own on memberships
       using (workspace_id = ${WORKSPACE}) with check (workspace_id = ${WORKSPACE})`,
    `create policy memberships_user on memberships for select using (user_id = ${USER})`,
    `create policy workspaces_own on workspaces using (id = ${WORKSPACE}) with check (id = ${WORKSPACE})`,
    `create policy workspaces_user on workspaces for select using (
       exists (select 1 from memberships m where m.workspace_id = workspaces.id and m.user_id = ${USER}))`,
    `create policy memberships_caretaker on memberships using (${CARETAKER}) with check (${CARETAKER})`,
    `create policy workspaces_caretaker on workspaces for select using (${CARETAKER})`,
    `create policy invitations_own on invitations
       using (workspace_id = ${WORKSPACE}) with check (workspace_id = ${WORKSPACE})`,
    'grant select, insert, update, delete on invitations to troupe_app',
  ],
  down: [
    'drop policy memberships_own on memberships',
    'drop policy memberships_user on memberships',
    'drop policy workspaces_own on workspaces',
    'drop policy workspaces_user on workspaces',
    'drop policy memberships_caretaker on memberships',
    'drop policy workspaces_caretaker on workspaces',
    'alter table memberships disable row level security',
    'alter table workspaces disable row level security',
    'drop table invitations',
  ],
};
