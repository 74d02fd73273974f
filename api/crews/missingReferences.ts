import { Op, type Transaction } from 'sequelize';
import { type Belonging, belongingsOf } from '#workflows/graph/belongings.ts';
import type { CrewGraph, GraphProblem } from '#workflows/graph/schema.ts';
import { Agent } from '../database/models/Agent.ts';
import { Credential } from '../database/models/Credential.ts';
import { Crew } from '../database/models/Crew.ts';
import { CrewVersion } from '../database/models/CrewVersion.ts';
import { KnowledgeBase } from '../database/models/KnowledgeBase.ts';

export interface CheckReferences {
  readonly workspaceId: string;
  /** Whose own credentials count beside the workspace's. */
  readonly userId: string;
  readonly graph: CrewGraph;
}

/** A reference to something that is not there, or is somebody else's: the two are told alike. */
export interface MissingReference {
  readonly kind: Belonging['kind'];
  readonly id: string;
  readonly problem: GraphProblem;
}

/** Everything that a graph names and its workspace does not have, at every depth (SAFETY V40). */
export async function missingReferences(
  { workspaceId, userId, graph }: CheckReferences,
  transaction: Transaction,
): Promise<readonly MissingReference[]> {
  const wanted = Map.groupBy(belongingsOf(graph), ({ kind }) => kind);
  const missing: MissingReference[] = [];
  for (const [kind, named] of wanted) {
    const ids = [...new Set(named.map(({ id }) => id))];
    const known = new Set(await FINDERS[kind]({ ids, workspaceId, userId, transaction }));
    for (const { id, nodeId, field } of named)
      if (!known.has(id)) missing.push({ kind, id, problem: problemOf(kind, { nodeId, field }) });
  }
  return missing;
}

interface Find extends Omit<CheckReferences, 'graph'> {
  readonly ids: readonly string[];
  readonly transaction: Transaction;
}

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);
const attributes = ['id'];

/** The ids that are there for them. */
const FINDERS: Readonly<Record<Belonging['kind'], (find: Find) => Promise<readonly string[]>>> = {
  credential: async ({ ids: id, workspaceId, userId, transaction }) => {
    const where = { workspaceId, id: [...id], ownerId: { [Op.or]: [null, userId] } };
    return idsOf(await Credential.findAll({ attributes, where, transaction }));
  },
  knowledge: async ({ ids: id, workspaceId, transaction }) =>
    idsOf(await KnowledgeBase.findAll({ attributes, where: { workspaceId, id: [...id] }, transaction })),
  crew: async ({ ids: id, workspaceId, transaction }) =>
    idsOf(await Crew.findAll({ attributes, where: { workspaceId, id: [...id] }, transaction })),
  crewVersion: async ({ ids: id, workspaceId, transaction }) =>
    idsOf(await CrewVersion.findAll({ attributes, where: { workspaceId, id: [...id] }, transaction })),
  // A public agent of somebody else may be placed in a crew, and stays where it is.
  agent: async ({ ids: id, workspaceId, transaction }) => {
    const where = { id: [...id], [Op.or]: [{ workspaceId }, { visibility: 'public' }] };
    return idsOf(await Agent.findAll({ attributes, where, transaction }));
  },
};

interface Words {
  readonly code: string;
  readonly what: string;
  readonly severity: GraphProblem['severity'];
}

const WORDS: Readonly<Record<Belonging['kind'], Words>> = {
  credential: { code: 'credential.unknown', what: 'credential', severity: 'error' },
  knowledge: { code: 'knowledge.unknown', what: 'knowledge base', severity: 'error' },
  crewVersion: { code: 'crew.unknownVersion', what: 'crew', severity: 'error' },
  // Its version is what counts, and what is copied from the library stays whole.
  crew: { code: 'crew.unknown', what: 'crew', severity: 'warning' },
  agent: { code: 'agent.unknown', what: 'agent of the library', severity: 'warning' },
};

function problemOf(kind: Belonging['kind'], place: Pick<GraphProblem, 'nodeId' | 'field'>): GraphProblem {
  const { code, what, severity } = WORDS[kind];
  return {
    code,
    severity,
    ...place,
    message: `The ${what} that is named here does not exist in this workspace`,
    fix: `Choose another ${what}, or none.`,
  };
}
