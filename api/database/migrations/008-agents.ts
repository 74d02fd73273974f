import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * The agent library. An agent is tried alone in a crew of its own, which stands in no list: `crews.agent_id`. So
 * try-outs are simulations like any other, of versions like any other.
 */
export const agents: Migration = {
  name: '008-agents',
  up: [
    `create table agents (
       workspace_id uuid not null references workspaces on delete cascade,
       id uuid not null,
       data jsonb not null,
       inputs jsonb not null default '{}',
       version integer not null default 1,
       visibility text not null default 'private' check (visibility in ('private', 'public')),
       created_by uuid references users on delete set null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       primary key (id),
       unique (workspace_id, id)
     )`,
    'create index agents_list on agents (workspace_id, updated_at desc, id desc)',
    'alter table agents enable row level security',
    `create policy agents_own on agents using (${OWN}) with check (${OWN})`,
    // Public ones may be read, and so copied, by everybody; writing stays with their workspace.
    `create policy agents_public on agents for select using (visibility = 'public')`,
    'grant select, insert, update, delete on agents to troupe_app',
    `alter table crews
       add column agent_id uuid,
       add constraint crews_agent foreign key (workspace_id, agent_id)
         references agents (workspace_id, id) on delete cascade`,
    'create unique index crews_of_agent on crews (workspace_id, agent_id) where agent_id is not null',
  ],
  down: ['alter table crews drop column agent_id', 'drop table agents'],
};
