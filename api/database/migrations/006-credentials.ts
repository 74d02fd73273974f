import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
/** Looks after keys that are encrypted themselves, and after providers' limits, whoever's they are. */
const KEEPER = `current_setting('app.role', true) = 'keeper'`;

const TABLES = `
create table workspace_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  version integer not null,
  kek_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, version)
);

create table installation_keys (
  purpose text not null,
  version integer not null,
  kek_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (purpose, version)
);

create table credentials (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  owner_id uuid references users on delete cascade,
  provider text not null,
  name text not null,
  slug text,
  url text,
  origins text[] not null,
  header text,
  prefix text,
  username text,
  all_crews boolean not null default true,
  last_four text,
  ciphertext bytea,
  nonce bytea,
  tag bytea,
  key_version integer,
  secret_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id),
  foreign key (workspace_id, key_version) references workspace_keys,
  check (num_nulls(ciphertext, nonce, tag, key_version, secret_at) in (0, 5))
);
create unique index credentials_slug on credentials (workspace_id, slug) where slug is not null;
create index credentials_key on credentials (workspace_id, key_version);
create index credentials_owner on credentials (owner_id) where owner_id is not null;

create table credential_crews (
  workspace_id uuid not null,
  credential_id uuid not null,
  crew_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (credential_id, crew_id),
  foreign key (workspace_id, credential_id) references credentials (workspace_id, id) on delete cascade,
  foreign key (workspace_id, crew_id) references crews (workspace_id, id) on delete cascade
);
create index credential_crews_crew on credential_crews (crew_id);

create table provider_pauses (
  key text primary key,
  until timestamptz not null,
  created_at timestamptz not null default now()
);

create table provider_turns (
  key text primary key,
  window_at timestamptz not null,
  used integer not null
);
`;

const OF_WORKSPACE = ['workspace_keys', 'credentials', 'credential_crews'];
const OF_KEEPER = ['workspace_keys', 'installation_keys', 'provider_pauses', 'provider_turns'];
const ALL = [...new Set([...OF_WORKSPACE, ...OF_KEEPER])];

/** Secrets, encrypted by keys that are encrypted themselves; and what is known of providers' limits. */
export const credentials: Migration = {
  name: '006-credentials',
  up: [
    TABLES,
    ...ALL.map((table) => `alter table ${table} enable row level security`),
    ...OF_WORKSPACE.map(
      (table) => `create policy ${table}_own on ${table} using (${OWN}) with check (${OWN})`,
    ),
    ...OF_KEEPER.map(
      (table) => `create policy ${table}_keeper on ${table} using (${KEEPER}) with check (${KEEPER})`,
    ),
    `grant select, insert, update, delete on ${ALL.join(', ')} to troupe_app`,
  ],
  down: [
    'drop table provider_turns, provider_pauses, credential_crews, credentials, installation_keys, workspace_keys',
  ],
};
