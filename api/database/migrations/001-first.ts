import type { Migration } from '../migrate.ts';

/**
 * Policies read the workspace of the running transaction; without one no row is visible. The sweeper, which
 * works across workspaces, names itself with `app.role` and may see and touch simulations alone.
 */
const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
const SWEEPER = `current_setting('app.role', true) = 'sweeper'`;

const WORKSPACE_TABLES = [
  'crews',
  'crew_versions',
  'simulations',
  'steps',
  'calls',
  'contents',
  'events',
  'commands',
  'simulation_files',
  'idempotency_keys',
];

const TABLES = `
create table users (
  id uuid primary key,
  email text,
  name text not null,
  password_hash text,
  is_guest boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (is_guest or (email is not null and password_hash is not null))
);
create unique index users_email on users (lower(email)) where email is not null;

create table sessions (
  id_hash text primary key,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_user on sessions (user_id);

create table workspaces (
  id uuid primary key,
  name text not null,
  is_personal boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table memberships (
  workspace_id uuid not null references workspaces on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'editor', 'runner', 'viewer')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index memberships_user on memberships (user_id);

create table crews (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  graph jsonb not null,
  graph_version integer not null default 1,
  sample text,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id)
);
create unique index crews_sample on crews (sample) where sample is not null;
create index crews_list on crews (workspace_id, updated_at desc, id desc);

create table crew_versions (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  crew_id uuid not null,
  number integer not null,
  hash text not null,
  graph jsonb not null,
  plan jsonb not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id),
  unique (workspace_id, crew_id, hash),
  unique (workspace_id, crew_id, number),
  foreign key (workspace_id, crew_id) references crews (workspace_id, id) on delete cascade
);

create table simulations (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  crew_id uuid not null,
  crew_version_id uuid not null,
  title text not null,
  inputs jsonb not null default '{}',
  status text not null default 'queued'
    check (status in ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')),
  waiting_for jsonb,
  failure jsonb,
  output_path text,
  epoch integer not null default 1,
  clock timestamptz not null default now(),
  wanted text not null default 'run' check (wanted in ('run', 'pause', 'cancel')),
  command_seq integer not null default 0,
  command_delivered integer not null default 0,
  started_in_engine integer not null default 0,
  budget_micros bigint,
  reserved_micros bigint not null default 0,
  spent_micros bigint not null default 0,
  last_seq integer not null default 0,
  forked_from uuid,
  created_by uuid references users on delete set null,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id),
  foreign key (workspace_id, crew_id) references crews (workspace_id, id) on delete cascade,
  foreign key (workspace_id, crew_version_id) references crew_versions (workspace_id, id)
);
create index simulations_list on simulations (workspace_id, created_at desc, id desc);
create index simulations_by_crew on simulations (workspace_id, crew_id, created_at desc);
create index simulations_open on simulations (updated_at) where status in ('queued', 'running', 'waiting');

create table contents (
  workspace_id uuid not null references workspaces on delete cascade,
  sha256 bytea not null,
  text text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, sha256)
);

create table steps (
  workspace_id uuid not null,
  simulation_id uuid not null,
  path text not null,
  node_id text not null,
  kind text not null check (kind in ('model', 'tool', 'decision', 'person', 'knowledge', 'memory')),
  state text not null check (state in ('running', 'completed', 'failed', 'cancelled', 'unknown')),
  epoch integer not null,
  attempt integer not null,
  lease_at timestamptz,
  reserved_micros bigint not null default 0,
  model text,
  tool text,
  request_hash text,
  request jsonb,
  response jsonb,
  partial text,
  outcome jsonb,
  failure jsonb,
  input_tokens integer,
  output_tokens integer,
  cost_micros bigint,
  reused_from text,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_seq integer,
  primary key (simulation_id, path),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
);

create table calls (
  workspace_id uuid not null,
  simulation_id uuid not null,
  path text not null,
  epoch integer not null,
  attempt integer not null,
  kind text not null check (kind in ('model', 'tool')),
  state text not null check (state in ('sent', 'answered', 'failed', 'cancelled', 'unknown')),
  is_counted boolean not null default true,
  model text,
  input_tokens integer,
  output_tokens integer,
  cost_micros bigint,
  failure text,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (simulation_id, path, epoch, attempt),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
);

create table events (
  workspace_id uuid not null,
  simulation_id uuid not null,
  seq integer not null,
  key text not null,
  type text not null,
  data jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (simulation_id, seq),
  unique (simulation_id, key),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
);

create table commands (
  workspace_id uuid not null,
  simulation_id uuid not null,
  seq integer not null,
  kind text not null check (kind in ('pause', 'resume', 'cancel', 'retry')),
  by_user uuid references users on delete set null,
  by_name text,
  created_at timestamptz not null default now(),
  primary key (simulation_id, seq),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
);

create table simulation_files (
  workspace_id uuid not null,
  simulation_id uuid not null,
  name text not null,
  path text not null,
  sha256 bytea not null,
  size integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (simulation_id, name),
  foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
);

create table idempotency_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  key text not null,
  body_hash text not null,
  simulation_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);
`;

const secure = (table: string): string => `
alter table ${table} enable row level security;
create policy ${table}_own on ${table} using (${OWN}) with check (${OWN});
`;

export const first: Migration = {
  name: '001-first',
  up: [
    TABLES,
    ...WORKSPACE_TABLES.map(secure),
    `create policy simulations_sweeper on simulations using (${SWEEPER}) with check (${SWEEPER})`,
    // Samples ship with the product and may be read, and so copied, by everybody.
    `create policy crews_samples on crews for select using (sample is not null)`,
    `grant select, insert, update, delete on all tables in schema public to troupe_app`,
    // What was recorded stays recorded: the application can add to these, never change them.
    `revoke update, delete on events, commands from troupe_app`,
    `revoke update on crew_versions, contents from troupe_app`,
  ],
  down: [
    `drop table idempotency_keys, simulation_files, commands, events, calls, steps, contents, simulations,
      crew_versions, crews, memberships, workspaces, sessions, users cascade`,
  ],
};
