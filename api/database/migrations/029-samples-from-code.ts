import type { Migration } from '../migrate.ts';

/** Sample crews come with the code, and who begins from one has a crew of their own: nobody read these rows. */
export const samplesFromCode: Migration = {
  name: '029-samples-from-code',
  up: [
    'drop policy crews_samples on crews',
    'delete from crews where sample is not null',
    `delete from workspaces where id = '019c0000-0000-7000-8000-000000000000'`,
    'alter table crews drop column sample',
  ],
  down: [
    'alter table crews add column sample text',
    'create unique index crews_sample on crews (sample) where sample is not null',
    'create policy crews_samples on crews for select using (sample is not null)',
  ],
};
