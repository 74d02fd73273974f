import type { Plan } from '#workflows/graph/planSchema.ts';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { AppError } from '../errors.ts';

/** Refuses a plan that reads a knowledge base which is not there, or is not this workspace's: it would find nothing. */
export async function checkKnowledge({ database, caller }: MemberContext, plan: Plan): Promise<void> {
  const readers = [
    { nodeId: null, name: 'The crew', ids: plan.settings?.knowledge ?? [] },
    ...plan.agents.map(({ nodeId, name, knowledge = [] }) => ({ nodeId, name, ids: knowledge })),
  ];
  const wanted = [...new Set(readers.flatMap(({ ids }) => ids))];
  if (wanted.length === 0) return;
  const workspaceId = caller.workspace.id;
  const rows = await inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeBase.findAll({ attributes: ['id'], where: { workspaceId, id: wanted }, transaction }),
  );
  const there = new Set(rows.map(({ id }) => id));
  const problems = readers.flatMap(({ nodeId, name, ids }): GraphProblem[] =>
    ids.every((id) => there.has(id)) ? [] : [missing(nodeId, name)],
  );
  if (problems.length > 0)
    throw new AppError('crew.problems', 'The crew has problems that must be solved first.', { problems });
}

const missing = (nodeId: string | null, name: string): GraphProblem => ({
  code: 'knowledge.missing',
  severity: 'error',
  nodeId,
  field: 'knowledge',
  message: `${name} reads a knowledge base that does not exist here.`,
  fix: 'Choose another knowledge base, or none.',
});
