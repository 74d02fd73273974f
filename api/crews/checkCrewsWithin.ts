import type { Transaction } from 'sequelize';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { CrewVersion } from '../database/models/CrewVersion.ts';
import { AppError } from '../errors.ts';

/** Refuses a graph that works with a crew version that its workspace does not have. */
export async function checkCrewsWithin(
  { workspaceId, graph }: { readonly workspaceId: string; readonly graph: CrewGraph },
  transaction: Transaction,
): Promise<void> {
  const wanted = graph.nodes.flatMap((node) =>
    node.kind === 'crew' && node.data.crewVersionId !== null
      ? [{ nodeId: node.id, name: node.data.name, id: node.data.crewVersionId }]
      : [],
  );
  if (wanted.length === 0) return;
  const ids = [...new Set(wanted.map(({ id }) => id))];
  const rows = await CrewVersion.findAll({
    attributes: ['id'],
    where: { workspaceId, id: ids },
    transaction,
  });
  const known = new Set(rows.map(({ id }) => id));
  const problems = wanted
    .filter(({ id }) => !known.has(id))
    .map(({ nodeId, name }) => ({
      code: 'crew.unknownVersion',
      severity: 'error' as const,
      nodeId,
      field: 'crewVersionId',
      message: `The crew that “${name}” works with does not exist here`,
      fix: 'Choose another crew.',
    }));
  if (problems.length > 0)
    throw new AppError('crew.problems', 'The crew has problems that must be solved first.', { problems });
}
