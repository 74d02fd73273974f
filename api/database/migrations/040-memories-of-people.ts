import type { Migration } from '../migrate.ts';

const PERSON = `nullif(current_setting('app.user', true), '')::uuid`;

/** Who looks at memories looks at their own alone, whatever a query forgets to say; the worker looks for nobody in particular. */
export const memoriesOfPeople: Migration = {
  name: '040-memories-of-people',
  up: [
    `create policy memories_person on memories as restrictive using (${PERSON} is null or user_id = ${PERSON})`,
    'create index memories_list on memories (workspace_id, user_id, created_at desc, id desc)',
  ],
  down: ['drop index memories_list', 'drop policy memories_person on memories'],
};
