import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * Tool servers, with the tools that people agreed to (`tools`) and what was last seen there (`seen`), and mails that
 * an installation without a mail server keeps.
 */
export const mcpServers: Migration = {
  name: '005-mcp-servers',
  up: [
    `create table mcp_servers (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  slug text not null,
  url text not null,
  credential_id uuid,
  tools jsonb not null default '[]',
  hash text,
  seen jsonb,
  seen_hash text,
  checked_at timestamptz,
  failure jsonb,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id),
  unique (workspace_id, slug)
)`,
    `create table outbox_mails (
  workspace_id uuid not null,
  simulation_id uuid not null,
  path text not null,
  recipients text[] not null,
  subject text not null,
  text text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (simulation_id, path),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
)`,
    'create index outbox_mails_list on outbox_mails (workspace_id, created_at desc)',
    ...['mcp_servers', 'outbox_mails'].flatMap((table) => [
      `alter table ${table} enable row level security`,
      `create policy ${table}_own on ${table} using (${OWN}) with check (${OWN})`,
      `grant select, insert, update, delete on ${table} to troupe_app`,
    ]),
    // What was sent stays as it was sent.
    'revoke update on outbox_mails from troupe_app',
  ],
  down: ['drop table outbox_mails, mcp_servers'],
};
