import type { z } from 'zod';
import { auditAs } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Session } from '../../database/models/Session.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { User } from '../../database/models/User.ts';
import { AppError } from '../../errors.ts';
import { cancelSimulation } from '../../simulations/cancelSimulation.ts';
import { requireRecent } from '../../trpc.ts';
import { inPlaceOf } from '../../workspaces/enterWorkspace.ts';
import { listMemberships } from '../../workspaces/memberships.ts';
import { createOneTimeToken } from '../tokens/oneTimeTokens.ts';
import type { DeletionView } from './schema.ts';
import { findOwnWorkspaces, findPersonal, findUnownedWithout } from './workspacesOf.ts';

/** How long somebody may think better of it. */
const DAYS = 7;

/**
 * Signs the account out everywhere and stops what it runs, at once; everything is removed after seven days, until when a
 * link in a mail brings it back. A guest, whom no mail reaches, is removed at once.
 */
export async function requestDeletion(context: MemberContext): Promise<z.infer<typeof DeletionView>> {
  const { user } = context.caller;
  if (!user.isGuest) requireRecent(context.caller);
  const unowned = await findUnownedWithout(context.database, user.id);
  if (unowned.length > 0) {
    throw new AppError(
      'user.lastOwner',
      'Others work in workspaces that only you own. Make one of them an owner, or delete these workspaces first.',
      { workspaces: unowned },
    );
  }
  await stopSimulations(context);
  const dueAt = await leave(context);
  context.setCookie(context.sessions.blankCookie());
  return { dueAt: dueAt.toISOString() };
}

async function leave(context: MemberContext): Promise<Date> {
  const { database, caller, mails, publicUrl } = context;
  const { id, email, isGuest } = caller.user;
  const workspaceId = await findPersonal(database, id);
  return inWorkspace(database, workspaceId, async (transaction) => {
    const dueAt = new Date(Date.now() + (isGuest ? 0 : DAYS * 86_400_000));
    await User.update({ deletionDueAt: dueAt }, { where: { id }, transaction });
    await Session.destroy({ where: { userId: id }, transaction });
    // The link with which a former address takes the account back stays: who deletes may be who changed it.
    await database.query(`delete from one_time_tokens where user_id = $1 and purpose <> 'undoEmail'`, {
      bind: [id],
      transaction,
    });
    if (email !== null) {
      const token = await createOneTimeToken(database, transaction, {
        purpose: 'keepAccount',
        subject: id,
        userId: id,
      });
      await mails.send(transaction, farewell({ to: email, dueAt, link: `${publicUrl}/keep#${token}` }));
    }
    await auditAs(context, { workspaceId, userId: id }, 'users.delete', { transaction });
    return dueAt;
  });
}

const farewell = ({ to, dueAt, link }: { to: string; dueAt: Date; link: string }) => ({
  to,
  subject: 'Your Troupe account will be deleted',
  text: `You asked us to delete your account. You are signed out, and what you were running has been stopped.

On ${dueAt.toISOString().slice(0, 10)} your account and everything in your own workspace will be removed for good. Until then you can keep it:

${link}

If it was not you who asked, keep the account and change your password.`,
});

/** Of the workspaces that go with the account. What others are members of runs on. */
async function stopSimulations(context: MemberContext): Promise<void> {
  const { database, caller } = context;
  const own = new Set(await findOwnWorkspaces(database, caller.user.id));
  for (const membership of await listMemberships(database, caller.user.id)) {
    if (!own.has(membership.id)) continue;
    const there = inPlaceOf(context, membership);
    for (const { id } of await findOpen(there, membership.id)) await cancelIfOpen(there, id);
  }
}

const findOpen = ({ database }: MemberContext, workspaceId: string): Promise<Simulation[]> =>
  inWorkspace(database, workspaceId, (transaction) =>
    Simulation.findAll({
      attributes: ['id'],
      where: { workspaceId, status: ['queued', 'running', 'waiting'] },
      transaction,
    }),
  );

async function cancelIfOpen(context: MemberContext, id: string): Promise<void> {
  try {
    await cancelSimulation(context, id);
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!(error instanceof AppError && error.code === 'simulation.closed')) throw error;
  }
}
