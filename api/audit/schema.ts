import { z } from 'zod';
import { AUDIT_ACTIONS } from '../database/audit/actions.ts';
import { PageInput, pageOf } from '../pages.ts';

const Filter = {
  action: z.enum(AUDIT_ACTIONS).optional(),
  actorId: z.uuid().optional().describe('Only what this person did'),
  from: z.iso.datetime().optional().describe('Not before'),
  to: z.iso.datetime().optional().describe('Before'),
};

export const AuditFilter = z.strictObject(Filter);
export type AuditFilter = z.infer<typeof AuditFilter>;
export const ListAudit = PageInput.extend(Filter);
export type ListAudit = z.infer<typeof ListAudit>;

const Person = z.object({
  id: z.uuid(),
  name: z.string().nullable().describe('Null when the account is gone'),
});

export const AuditEntryView = z.object({
  seq: z.int().describe('Numbers the entries of the workspace without a gap'),
  at: z.iso.datetime(),
  action: z.string(),
  result: z.enum(['ok', 'refused']),
  actor: Person.nullable().describe('Null for nobody who signed in'),
  object: z.object({ kind: z.string(), id: z.string() }).nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ip: z.string(),
  userAgent: z.string(),
  requestId: z.string(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditPage = pageOf(AuditEntryView);
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditActors = z.object({ items: z.array(Person), nextCursor: z.null() });

export const AuditVerification = z.object({
  isIntact: z.boolean(),
  entries: z.int().describe('As many as there should be'),
  problem: z
    .object({
      seq: z.int().describe('The first entry that is not as it was written'),
      kind: z
        .enum(['changed', 'missing', 'added'])
        .describe('changed: it, or one before it, is another; added: it was put behind the end'),
    })
    .nullable(),
  checkedAt: z.iso.datetime(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

export const AuditExport = z.object({ name: z.string(), text: z.string().describe('CSV, the newest first') });
