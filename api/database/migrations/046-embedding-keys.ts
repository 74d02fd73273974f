import type { Migration } from '../migrate.ts';

const OWN = `workspace_id = nullif(current_setting('app.workspace', true), '')::uuid`;

/**
 * Which model embeds texts with a workspace's own key, and questions on their way to it: the api, which opens no
 * connection with such a key, puts one down, and the worker puts its vector beside it.
 */
export const embeddingKeys: Migration = {
  name: '046-embedding-keys',
  up: [
    'alter table credentials add column embedding_model text',
    `create table embedding_requests (
      workspace_id uuid not null references workspaces on delete cascade,
      id uuid not null,
      text text not null,
      embedding real[],
      embedding_model text,
      failure text,
      created_at timestamptz not null default now(),
      primary key (id),
      unique (workspace_id, id)
    )`,
    'create index embedding_requests_old on embedding_requests (workspace_id, created_at)',
    'alter table embedding_requests enable row level security',
    `create policy embedding_requests_own on embedding_requests using (${OWN}) with check (${OWN})`,
    'grant select, insert, update, delete on embedding_requests to troupe_app',
  ],
  down: ['drop table embedding_requests', 'alter table credentials drop column embedding_model'],
};
