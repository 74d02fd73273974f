import { z } from 'zod';
import type { MemberContext } from '../../context.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { AppError, notFound } from '../../errors.ts';
import { enterWorkspace, inPlaceOf } from '../../workspaces/enterWorkspace.ts';
import { listMemberships } from '../../workspaces/memberships.ts';
import { findSimulation } from '../findSimulation.ts';

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
  for (const membership of await listMemberships(context.database, context.caller.user.id)) {
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
