import type { z } from 'zod';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Crew } from '../database/models/Crew.ts';
import { storableJson } from '../database/storableJson.ts';
import { tasksOfGraph } from '../destinations/callbackChanges.ts';
import { noteCallbacks } from '../destinations/noteDestinations.ts';
import { AppError, invalid } from '../errors.ts';
import { checkNewReferences } from './checkReferences.ts';
import { lockCrew } from './findCrew.ts';
import { presentCrew } from './present.ts';
import type { SaveCrew } from './schema.ts';

/**
 * Saves what was given and leaves the rest. A graph made from another version than the one stored is refused with
 * what is stored; the version rises only when the graph really changes.
 */
export function saveCrew(context: MemberContext, input: z.infer<typeof SaveCrew>): Promise<Crew> {
  const { database, caller } = context;
  const { id, graphVersion, ...changes } = storableJson(input);
  if (changes.graph && graphVersion === undefined) {
    throw invalid('graphVersion', 'A graph is saved with the version it was made from.');
  }
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const crew = await lockCrew(caller.workspace.id, id, transaction);
    if (graphVersion !== undefined && graphVersion !== crew.graphVersion) throw conflict(crew);
    if (changes.graph)
      await checkNewReferences(
        {
          workspaceId: caller.workspace.id,
          userId: caller.user.id,
          graph: changes.graph,
          before: crew.graph,
        },
        transaction,
      );
    const callers = changes.graph && { before: tasksOfGraph(crew.graph), after: tasksOfGraph(changes.graph) };
    const isNewGraph = changes.graph && canonicalJson(changes.graph) !== canonicalJson(crew.graph);
    const saved = await crew.update(
      {
        name: changes.name ?? crew.name,
        description: changes.description ?? crew.description,
        ...(isNewGraph && { graph: changes.graph, graphVersion: crew.graphVersion + 1 }),
      },
      { transaction },
    );
    if (callers) await noteCallbacks(context, { object: { kind: 'crew', id }, ...callers }, transaction);
    return saved;
  });
}

const conflict = (crew: Crew) =>
  new AppError('crew.conflict', 'Somebody else changed this crew in the meantime.', {
    graphVersion: crew.graphVersion,
    crew: presentCrew(crew),
  });
