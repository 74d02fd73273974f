import { QueryTypes } from 'sequelize';
import { z } from 'zod';
import { inWorkspace } from '../database/connect.ts';
import { memberProcedure, publicProcedure, router } from '../trpc.ts';

const MailView = z.object({
  simulationId: z.uuid(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  createdAt: z.iso.datetime(),
});
/** The newest: what an installation without a mail server keeps is for looking at while trying things out. */
const MailList = z.object({ items: z.array(MailView), nextCursor: z.null() });
const MOST = 50;

const LetterView = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  createdAt: z.iso.datetime(),
});
const LetterList = z.object({
  isShown: z.boolean().describe('Whoever opens the product may read them'),
  items: z.array(LetterView),
  nextCursor: z.null(),
});

export const mailsRouter = router({
  /** Links of anybody's account are in these: there are none unless the operator shows them. */
  letters: publicProcedure.output(LetterList).query(async ({ ctx }) => {
    if (!ctx.isOutboxShown) return { isShown: false, items: [], nextCursor: null };
    const items = (await ctx.mails.list()).map(({ id, to, subject, text, createdAt }) => ({
      id,
      to,
      subject,
      text,
      createdAt: createdAt.toISOString(),
    }));
    return { isShown: true, items, nextCursor: null };
  }),

  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/mails',
        tags: ['Mails'],
        summary: 'List mails that agents wrote and no mail server took, newest first',
      },
    })
    .output(MailList)
    .query(({ ctx }) =>
      inWorkspace(ctx.database, ctx.caller.workspace.id, async (transaction) => {
        const rows = await ctx.database.query<
          Omit<z.infer<typeof MailView>, 'createdAt'> & { createdAt: Date }
        >(
          `select simulation_id as "simulationId", recipients as "to", subject, text, created_at as "createdAt"
           from outbox_mails order by created_at desc limit $1`,
          { bind: [MOST], transaction, type: QueryTypes.SELECT },
        );
        return {
          items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
          nextCursor: null,
        };
      }),
    ),
});
