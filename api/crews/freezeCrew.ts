import { createHash, randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { CrewVersion } from '../database/models/CrewVersion.ts';
import { checkReferences } from './checkReferences.ts';
import { lockCrew } from './findCrew.ts';

export interface FreezeCrew {
  readonly workspaceId: string;
  readonly crewId: string;
  readonly userId: string;
  readonly graph: CrewGraph;
  readonly plan: Plan;
}

/** The id of the immutable version with this content: one row for equal content, wherever it is drawn. */
export async function freezeCrew(
  { workspaceId, crewId, userId, graph, plan }: FreezeCrew,
  transaction: Transaction,
): Promise<string> {
  const hash = contentHash(graph, plan);
  const find = () =>
    CrewVersion.findOne({ attributes: ['id'], where: { workspaceId, crewId, hash }, transaction });
  // Also of a version that is there: what it names may be gone by now.
  await checkReferences({ workspaceId, userId, graph }, transaction);
  const known = await find();
  if (known) return known.id;

  // Two who freeze the same crew at once take turns here; the second may find the version made by the first.
  await lockCrew(workspaceId, crewId, transaction);
  const made = await find();
  if (made) return made.id;
  const newest = await CrewVersion.max<number | null, CrewVersion>('number', {
    where: { workspaceId, crewId },
    transaction,
  });
  const version = await CrewVersion.create(
    {
      id: randomUUIDv7(),
      workspaceId,
      crewId,
      number: (newest ?? 0) + 1,
      hash,
      graph,
      plan,
      createdBy: userId,
    },
    { transaction },
  );
  return version.id;
}

function contentHash(graph: CrewGraph, plan: Plan): string {
  const nodes = graph.nodes.map(({ position: _, ...node }) => node);
  return createHash('sha256')
    .update(canonicalJson({ plan, graph: { ...graph, nodes } }))
    .digest('base64url');
}
