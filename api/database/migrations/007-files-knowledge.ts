import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * Words of a text in two readings: as they stand, for names and numbers in any language, and as English bends them.
 * Postgres weighs them by where they come from.
 */
const WORDS = `tsvector generated always as (
    setweight(to_tsvector('pg_catalog.simple', text), 'A') || setweight(to_tsvector('pg_catalog.english', text), 'B')
  ) stored`;

const TABLES = `
create table files (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  media_type text not null default 'application/octet-stream',
  size bigint not null,
  sha256 bytea,
  purpose text not null check (purpose in ('knowledge', 'other')),
  stored_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id)
);
create index files_list on files (workspace_id, created_at desc, id desc);

create table knowledge_bases (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  description text not null default '',
  state_hash text not null default '',
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id)
);
create index knowledge_bases_list on knowledge_bases (workspace_id, updated_at desc, id desc);

create table knowledge_sources (
  workspace_id uuid not null,
  id uuid not null,
  base_id uuid not null,
  file_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'reading', 'ready', 'failed')),
  failure jsonb,
  attempt integer not null default 1,
  started_in_engine integer not null default 0,
  chunk_count integer not null default 0,
  embedding_model text,
  input_tokens bigint not null default 0,
  cost_micros bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (id),
  unique (workspace_id, id),
  foreign key (workspace_id, base_id) references knowledge_bases (workspace_id, id) on delete cascade,
  foreign key (workspace_id, file_id) references files (workspace_id, id)
);
create index knowledge_sources_base on knowledge_sources (base_id, created_at, id);
create index knowledge_sources_file on knowledge_sources (file_id);
create index knowledge_sources_unstarted on knowledge_sources (updated_at) where started_in_engine < attempt;

create table knowledge_chunks (
  workspace_id uuid not null,
  source_id uuid not null,
  number integer not null,
  base_id uuid not null,
  text text not null,
  words ${WORDS},
  embedding real[],
  embedding_model text,
  created_at timestamptz not null default now(),
  primary key (source_id, number),
  foreign key (workspace_id, source_id) references knowledge_sources (workspace_id, id) on delete cascade
);
create index knowledge_chunks_base on knowledge_chunks (base_id);

create table memories (
  workspace_id uuid not null,
  id uuid not null,
  crew_id uuid not null,
  user_id uuid not null references users on delete cascade,
  agent text not null default '',
  text text not null,
  sha256 bytea not null,
  importance real not null default 0.5,
  words ${WORDS},
  embedding real[],
  embedding_model text,
  simulation_id uuid not null,
  path text not null,
  number integer not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (id),
  unique (workspace_id, id),
  unique (simulation_id, path, number),
  foreign key (workspace_id, crew_id) references crews (workspace_id, id) on delete cascade
);
create index memories_scope on memories (crew_id, user_id, created_at desc, id desc);
`;

const TABLE_NAMES = ['files', 'knowledge_bases', 'knowledge_sources', 'knowledge_chunks', 'memories'];

const secure = (table: string): string => `
alter table ${table} enable row level security;
create policy ${table}_own on ${table} using (${OWN}) with check (${OWN});
`;

/** Made of the array, so that who writes needs not know whether pgvector is here. Its cosine is a hundred times quicker. */
const vectorOf = (table: string): string =>
  `alter table ${table} add column vector vector generated always as (embedding::vector) stored`;

const VECTORS = `
do $$ begin
  if exists (select from pg_available_extensions where name = 'vector') then
    create extension if not exists vector;
    ${vectorOf('knowledge_chunks')};
    ${vectorOf('memories')};
  end if;
exception when insufficient_privilege then
  raise notice 'pgvector is installed and may not be used: vectors are compared as arrays';
end $$`;

const callKinds = (kinds: readonly string[]): readonly string[] => [
  'alter table calls drop constraint if exists calls_kind_check',
  `alter table calls add constraint calls_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`,
];

/** Files, what is read out of them for agents to look up, and what crews remember of earlier simulations. */
export const filesKnowledge: Migration = {
  name: '007-files-knowledge',
  up: [
    TABLES,
    VECTORS,
    ...TABLE_NAMES.map(secure),
    // Sources that were accepted and not started are found across workspaces; their texts are not.
    `create policy knowledge_sources_sweeper on knowledge_sources
       using (current_setting('app.role', true) = 'sweeper') with check (false)`,
    `grant select, insert, update, delete on ${TABLE_NAMES.join(', ')} to troupe_app`,
    'revoke update on knowledge_chunks, memories from troupe_app',
    ...callKinds(['model', 'tool', 'decision', 'person', 'knowledge', 'memory']),
  ],
  down: [
    `delete from calls where kind not in ('model', 'tool')`,
    ...callKinds(['model', 'tool']),
    'drop table memories, knowledge_chunks, knowledge_sources, knowledge_bases, files',
  ],
};
