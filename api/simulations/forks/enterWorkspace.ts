import { QueryTypes } from 'sequelize';
import { z } from 'zod';
import type { Caller, MemberContext } from '../../context.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { AppError, notFound } from '../../errors.ts';
import { type Action, can } from '../../workspaces/policy.ts';
import { findSimulation } from '../findSimulation.ts';

interface Membership {
  readonly id: string;
  readonly name: string;
  readonly isPersonal: boolean;
  readonly role: Caller['role'];
}

/** The same person in another workspace of theirs. One that is not theirs is as little there as one that never was. */
export async function enterWorkspace(context: MemberContext, id: string): Promise<MemberContext> {
  if (id === context.caller.workspace.id) return context;
  const membership = (await listMemberships(context)).find((one) => one.id === id);
  if (!membership) throw notFound('workspace');
  return inPlaceOf(context, membership);
}

/**
 * A simulation and its workspace: the one of the request, or another of the caller's. For what reaches across: a fork,
 * whose request may name the workspace in which it is to be, and a comparison with a fork that is elsewhere.
 */
export async function findSource(
  context: MemberContext,
  id: string,
): Promise<{ source: MemberContext; simulation: Simulation }> {
  const here = await findOrNull(context, id);
  if (here) return { source: context, simulation: here };
  for (const membership of await listMemberships(context)) {
    if (membership.id === context.caller.workspace.id) continue;
    const source = inPlaceOf(context, membership);
    const simulation = await findOrNull(source, id);
    if (simulation) return { source, simulation };
  }
  throw notFound('simulation');
}

/** Where a fork is to be: the workspace that is named, else the one of the request. */
export async function findTarget(context: MemberContext, input: unknown): Promise<MemberContext> {
  const named = Named.safeParse(input);
  if (!named.success || named.data.workspaceId === undefined) return context;
  return enterWorkspace(context, named.data.workspaceId);
}

export function requireRole({ caller }: MemberContext, action: Action): void {
  if (can(caller.role, action)) return;
  throw new AppError('workspace.forbidden', 'Your role in this workspace does not allow that.');
}

// What is no id is refused later, with everything else that is wrong with the input.
const Named = z.looseObject({ workspaceId: z.uuid().toLowerCase().optional() });

async function findOrNull(context: MemberContext, id: string): Promise<Simulation | null> {
  try {
    return await findSimulation(context, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'notFound') return null;
    throw error;
  }
}

/** The workspaces of the caller, oldest first. */
export const listMemberships = ({ database, caller }: MemberContext): Promise<Membership[]> =>
  database.query<Membership>(
    `select w.id, w.name, w.is_personal as "isPersonal", m.role
     from memberships m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 order by w.created_at, w.id`,
    { bind: [caller.user.id], type: QueryTypes.SELECT },
  );

const inPlaceOf = (context: MemberContext, { role, ...workspace }: Membership): MemberContext => ({
  ...context,
  caller: { ...context.caller, role, workspace },
});
