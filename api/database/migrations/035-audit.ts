import type { Migration } from '../migrate.ts';

/** Ways to find entries of the audit: by what was done, by whom, and whether something is in it already. */
export const auditIndexes: Migration = {
  name: '035-audit',
  up: [
    'create index audit_entries_action on audit_entries (workspace_id, action, seq desc)',
    'create index audit_entries_actor on audit_entries (workspace_id, actor_id, seq desc)',
    `create index audit_entries_object on audit_entries
       (workspace_id, object_id, action, coalesce(details ->> 'simulationId', ''))`,
  ],
  down: ['drop index audit_entries_object, audit_entries_actor, audit_entries_action'],
};
