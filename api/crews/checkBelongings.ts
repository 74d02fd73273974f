import { Op, type Transaction } from 'sequelize';
import { type Belonging, belongingsOf } from '#workflows/graph/belongings.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { Credential } from '../database/models/Credential.ts';
import { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { AppError } from '../errors.ts';

export interface CheckBelongings {
  readonly workspaceId: string;
  /** Whose own credentials count beside the workspace's. */
  readonly userId: string;
  readonly graph: CrewGraph;
}

const WORDS = {
  credential: { code: 'credential.unknown', what: 'credential' },
  knowledge: { code: 'knowledge.unknown', what: 'knowledge base' },
} as const;

/** Refuses a graph that names what its workspace does not have: somebody else's is as little there as what never was. */
export async function checkBelongings(
  { workspaceId, userId, graph }: CheckBelongings,
  transaction: Transaction,
): Promise<void> {
  const wanted = belongingsOf(graph).filter(({ id }) => isId(id));
  if (wanted.length === 0) return;
  const idsOf = (kind: Belonging['kind']) => [
    ...new Set(wanted.filter((each) => each.kind === kind).map(({ id }) => id)),
  ];
  const attributes = ['id'];
  const [credentials, bases] = [
    await Credential.findAll({
      attributes,
      where: { workspaceId, id: idsOf('credential'), ownerId: { [Op.or]: [null, userId] } },
      transaction,
    }),
    await KnowledgeBase.findAll({ attributes, where: { workspaceId, id: idsOf('knowledge') }, transaction }),
  ];
  const known = {
    credential: new Set(credentials.map(({ id }) => id)),
    knowledge: new Set(bases.map(({ id }) => id)),
  };
  const problems = wanted
    .filter(({ kind, id }) => !known[kind].has(id))
    .map(({ kind, nodeId, field }) => ({
      code: WORDS[kind].code,
      severity: 'error' as const,
      nodeId,
      field,
      message: `The ${WORDS[kind].what} that is named here does not exist in this workspace`,
      fix: `Choose another ${WORDS[kind].what}, or none.`,
    }));
  if (problems.length > 0)
    throw new AppError('crew.problems', 'The crew has problems that must be solved first.', { problems });
}

/** A field of a schema may have such a name too; what is no id names nothing. */
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
