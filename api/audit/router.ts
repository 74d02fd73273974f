import { z } from 'zod';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { exportAudit } from './exportAudit.ts';
import { listActors } from './listActors.ts';
import { listAudit } from './listAudit.ts';
import { AuditActors, AuditExport, AuditFilter, AuditPage, AuditVerification, ListAudit } from './schema.ts';
import { verifyAudit } from './verifyAudit.ts';

const tags = ['Audit'];

/** Who did what is for those who answer for the workspace. */
const ownerProcedure = memberProcedure.use(allowing('manage'));

export const auditRouter = router({
  list: ownerProcedure
    .meta({
      openapi: { method: 'GET', path: '/audit', tags, summary: 'List what was done, the newest first' },
    })
    .input(ListAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx, input)),

  /** Everybody of whom there is an entry: for choosing whose to look at. */
  actors: ownerProcedure
    .input(z.strictObject({}).optional())
    .output(AuditActors)
    .query(({ ctx }) => listActors(ctx)),

  verify: ownerProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/audit/verification',
        tags,
        summary: 'Check that no entry was changed, added or taken out',
      },
    })
    .input(z.strictObject({}).optional())
    .output(AuditVerification)
    .query(({ ctx }) => verifyAudit(ctx)),

  export: ownerProcedure
    .meta({
      openapi: { method: 'GET', path: '/audit/export', tags, summary: 'Get the entries as CSV' },
    })
    .input(AuditFilter)
    .output(AuditExport)
    .query(({ ctx, input }) => exportAudit(ctx, input)),
});
