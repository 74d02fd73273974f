import { randomUUIDv7 } from 'node:crypto';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { storableJson } from '../database/storableJson.ts';
import { tasksOfGraph } from '../destinations/callbackChanges.ts';
import { noteCallbacks } from '../destinations/noteDestinations.ts';
import { checkNewReferences } from './checkReferences.ts';

export interface NewCrew {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
}

/**
 * A crew in the caller’s workspace. Drafts may have problems; only starting asks for none. `before`: the crew that it is a
 * copy of, with what that has lost.
 */
export function createCrew(
  context: MemberContext,
  crew: NewCrew,
  before: CrewGraph | null = null,
): Promise<Crew> {
  const { database, caller } = context;
  const workspaceId = caller.workspace.id;
  const { name, description, graph } = storableJson(crew);
  const { id: userId } = caller.user;
  return inWorkspace(database, workspaceId, async (transaction) => {
    await checkNewReferences({ workspaceId, userId, graph, before }, transaction);
    const id = randomUUIDv7();
    const created = await Crew.create(
      { id, workspaceId, name, description, graph, createdBy: userId },
      { transaction },
    );
    const callers = { before: tasksOfGraph(before), after: tasksOfGraph(graph) };
    await noteCallbacks(context, { object: { kind: 'crew', id }, ...callers }, transaction);
    return created;
  });
}
