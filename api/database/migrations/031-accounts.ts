import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
/** Sends what the api queued, and sees nothing else. */
const MAILER = `current_setting('app.role', true) = 'mailer'`;

/** What the accounts of many people on one server need: roles, devices, one-time links, mails to people, and an audit. */
export const accounts: Migration = {
  name: '031-accounts',
  up: [
    `alter table users
       add column role text not null default 'user' check (role in ('user', 'admin')),
       add column email_verified_at timestamptz,
       add column disabled_at timestamptz`,
    `alter table sessions
       add column id uuid not null default gen_random_uuid() unique,
       add column ip text not null default '',
       add column user_agent text not null default '',
       add column authenticated_at timestamptz not null default now()`,
    `create table one_time_tokens (
       id uuid primary key,
       purpose text not null,
       subject text not null,
       token_hash bytea not null unique,
       user_id uuid references users on delete cascade,
       workspace_id uuid references workspaces on delete cascade,
       email text,
       expires_at timestamptz not null,
       created_at timestamptz not null default now()
     )`,
    'create unique index one_time_tokens_subject on one_time_tokens (purpose, subject)',
    'create index one_time_tokens_user on one_time_tokens (user_id) where user_id is not null',
    'create index one_time_tokens_workspace on one_time_tokens (workspace_id) where workspace_id is not null',
    'create index one_time_tokens_expiry on one_time_tokens (expires_at)',
    `create table account_mails (
       id uuid primary key,
       key_id text not null,
       letter bytea not null,
       attempts integer not null default 0,
       due_at timestamptz not null default now(),
       created_at timestamptz not null default now()
     )`,
    'create index account_mails_due on account_mails (due_at)',
    'create index account_mails_list on account_mails (created_at desc)',
    'alter table account_mails enable row level security',
    'create policy account_mails_queue on account_mails for insert with check (true)',
    `create policy account_mails_mailer on account_mails using (${MAILER}) with check (${MAILER})`,
    // No keys to workspaces and users: what was done stays known when they are gone.
    `create table audit_entries (
       workspace_id uuid not null,
       seq integer not null,
       at timestamptz not null,
       actor_id uuid,
       action text not null,
       object_kind text,
       object_id text,
       result text not null check (result in ('ok', 'refused')),
       ip text not null,
       user_agent text not null,
       request_id text not null,
       details jsonb not null,
       hash bytea not null,
       primary key (workspace_id, seq)
     )`,
    `create table audit_heads (
       workspace_id uuid primary key,
       seq integer not null default 0,
       hash bytea not null default ''
     )`,
    ...['audit_entries', 'audit_heads'].flatMap((table) => [
      `alter table ${table} enable row level security`,
      `create policy ${table}_own on ${table} using (${OWN}) with check (${OWN})`,
    ]),
    'grant select, insert, update, delete on one_time_tokens, account_mails to troupe_app',
    'grant select, insert on audit_entries to troupe_app',
    'grant select, insert, update on audit_heads to troupe_app',
  ],
  down: [
    'drop table audit_heads, audit_entries, account_mails, one_time_tokens',
    'alter table sessions drop column id, drop column ip, drop column user_agent, drop column authenticated_at',
    'alter table users drop column role, drop column email_verified_at, drop column disabled_at',
  ],
};
