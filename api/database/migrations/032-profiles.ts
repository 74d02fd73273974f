import type { Migration } from '../migrate.ts';

const OWN = `user_id = nullif(current_setting('app.user', true), '')::uuid`;
/** Answers what was asked for an address, and sends mails. */
const MAILER = `current_setting('app.role', true) = 'mailer'`;

/** Pictures of people, and requests for a new password, which wait so that known and unknown addresses take as long. */
export const profiles: Migration = {
  name: '032-profiles',
  up: [
    'alter table users add column avatar_version text',
    `create table user_avatars (
       user_id uuid primary key references users on delete cascade,
       media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
       bytes bytea not null,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now()
     )`,
    'alter table user_avatars enable row level security',
    // Who may see a face is a question of memberships; who may change it is not.
    'create policy user_avatars_read on user_avatars for select using (true)',
    `create policy user_avatars_own on user_avatars using (${OWN}) with check (${OWN})`,
    `create table reset_requests (
       id uuid primary key,
       email text not null,
       ip text not null,
       user_agent text not null,
       request_id text not null,
       created_at timestamptz not null default now()
     )`,
    'create index reset_requests_order on reset_requests (created_at)',
    'alter table reset_requests enable row level security',
    'create policy reset_requests_queue on reset_requests for insert with check (true)',
    `create policy reset_requests_mailer on reset_requests using (${MAILER}) with check (${MAILER})`,
    `create index one_time_tokens_reserved on one_time_tokens (lower(email)) where purpose = 'undoEmail'`,
    'grant select, insert, update, delete on user_avatars, reset_requests to troupe_app',
  ],
  down: [
    'drop index one_time_tokens_reserved',
    'drop table reset_requests, user_avatars',
    'alter table users drop column avatar_version',
  ],
};
