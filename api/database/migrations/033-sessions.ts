import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * What is known of signed-in devices, tokens of programs, and a second factor. Refresh tokens and challenges, like
 * sessions, are found by a hash of what somebody brings who is nobody yet; what a second factor is belongs to the
 * personal workspace of its user.
 */
export const sessions: Migration = {
  name: '033-sessions',
  up: [
    `alter table sessions
       add column last_used_at timestamptz not null default now(),
       add column has_second_factor boolean not null default false`,
    'create index sessions_expiry on sessions (expires_at)',
    `create table refresh_tokens (
       token_hash bytea primary key,
       session_id uuid not null references sessions (id) on delete cascade,
       parent_hash bytea,
       used_at timestamptz,
       expires_at timestamptz not null,
       created_at timestamptz not null default now()
     )`,
    'create index refresh_tokens_session on refresh_tokens (session_id)',
    'create index refresh_tokens_parent on refresh_tokens (parent_hash) where parent_hash is not null',
    'create index refresh_tokens_expiry on refresh_tokens (expires_at)',
    `create table login_challenges (
       token_hash bytea primary key,
       user_id uuid not null references users on delete cascade,
       attempts integer not null default 0,
       expires_at timestamptz not null,
       created_at timestamptz not null default now()
     )`,
    'create index login_challenges_user on login_challenges (user_id)',
    'create index login_challenges_expiry on login_challenges (expires_at)',
    `create table second_factors (
       user_id uuid primary key references users on delete cascade,
       workspace_id uuid not null references workspaces on delete cascade,
       key_id text not null,
       secret bytea not null,
       last_step bigint not null default 0,
       enabled_at timestamptz,
       created_at timestamptz not null default now()
     )`,
    'create index second_factors_workspace on second_factors (workspace_id)',
    `create table recovery_codes (
       user_id uuid not null references second_factors on delete cascade,
       workspace_id uuid not null references workspaces on delete cascade,
       number integer not null,
       code_hash text not null,
       created_at timestamptz not null default now(),
       primary key (user_id, number)
     )`,
    'create index recovery_codes_workspace on recovery_codes (workspace_id)',
    ...['second_factors', 'recovery_codes'].flatMap((table) => [
      `alter table ${table} enable row level security`,
      `create policy ${table}_own on ${table} using (${OWN}) with check (${OWN})`,
    ]),
    `grant select, insert, update, delete on refresh_tokens, login_challenges, second_factors, recovery_codes
       to troupe_app`,
  ],
  down: [
    'drop table recovery_codes, second_factors, login_challenges, refresh_tokens',
    'drop index sessions_expiry',
    'alter table sessions drop column last_used_at, drop column has_second_factor',
  ],
};
