import { randomUUIDv7 } from 'node:crypto';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { storableJson } from '../database/storableJson.ts';

export interface NewCrew {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
}

/** A crew in the caller’s workspace. Drafts may have problems; only starting asks for none. */
export function createCrew({ database, caller }: MemberContext, crew: NewCrew): Promise<Crew> {
  const workspaceId = caller.workspace.id;
  const { name, description, graph } = storableJson(crew);
  return inWorkspace(database, workspaceId, (transaction) =>
    Crew.create(
      { id: randomUUIDv7(), workspaceId, name, description, graph, createdBy: caller.user.id },
      { transaction },
    ),
  );
}
