import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;
const SWEEPER = `current_setting('app.role', true) = 'sweeper'`;

/**
 * What simulations ask people. A question is the one at its path until it expires: a retry then asks anew. Whoever
 * answers first has answered; what they said reaches the workflow by and by (`delivered_at`).
 */
export const questions: Migration = {
  name: '009-questions',
  up: [
    `create table questions (
       workspace_id uuid not null,
       id uuid not null,
       simulation_id uuid not null,
       path text not null,
       node_id text not null,
       scope text,
       kind text not null check (kind in ('approval', 'feedback', 'question')),
       title text not null,
       prompt jsonb not null,
       context jsonb not null default '[]',
       outcomes jsonb not null default '[]',
       asks_for_text boolean not null default false,
       about jsonb,
       workflow_id text not null,
       deadline_at timestamptz,
       remind_at timestamptz,
       reminded_at timestamptz,
       answered_at timestamptz,
       answered_by uuid references users on delete set null,
       answered_by_name text,
       outcome text,
       text jsonb,
       delivered_at timestamptz,
       expired_at timestamptz,
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       primary key (id),
       unique (workspace_id, id),
       foreign key (workspace_id, simulation_id) references simulations (workspace_id, id) on delete cascade
     )`,
    'create unique index questions_at_path on questions (simulation_id, path) where expired_at is null',
    'create index questions_list on questions (workspace_id, created_at desc, id desc)',
    `create index questions_open on questions (workspace_id, created_at desc, id desc)
       where answered_at is null and expired_at is null`,
    `create index questions_undelivered on questions (answered_at)
       where answered_at is not null and delivered_at is null`,
    'alter table questions enable row level security',
    `create policy questions_own on questions using (${OWN}) with check (${OWN})`,
    // It looks for answers that could not be handed over.
    `create policy questions_sweeper on questions for select using (${SWEEPER})`,
    'grant select, insert, update, delete on questions to troupe_app',
    'alter table steps drop constraint steps_state_check',
    `alter table steps add constraint steps_state_check
       check (state in ('running', 'waiting', 'completed', 'failed', 'cancelled', 'unknown'))`,
  ],
  down: [
    'drop table questions',
    `update steps set state = 'unknown' where state = 'waiting'`,
    'alter table steps drop constraint steps_state_check',
    `alter table steps add constraint steps_state_check
       check (state in ('running', 'completed', 'failed', 'cancelled', 'unknown'))`,
  ],
};
