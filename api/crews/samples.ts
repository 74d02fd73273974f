import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { samples } from '#workflows/graph/examples.ts';
import type { MemberContext } from '../context.ts';
import { Crew } from '../database/models/Crew.ts';
import { notFound } from '../errors.ts';
import { createCrew } from './createCrew.ts';
import { agentNames, countTasks } from './present.ts';

/** Crews that ship with the product, as the create menu shows them. */
export const sampleViews = samples.map(({ key, name, description, graph }) => ({
  key,
  name,
  description,
  agents: agentNames(graph),
  taskCount: countTasks(graph),
}));

export function createFromSample(context: MemberContext, key: string): Promise<Crew> {
  const sample = samples.find((candidate) => candidate.key === key);
  if (!sample) throw notFound('sample');
  const { name, description, graph } = sample;
  return createCrew(context, { name, description, graph });
}

/** What a new workspace begins with, so that its list is not empty. */
export async function copyFirstSample({
  workspaceId,
  userId,
  transaction,
}: {
  workspaceId: string;
  userId: string;
  transaction: Transaction;
}): Promise<void> {
  const [first] = samples;
  if (!first) return;
  const { name, description, graph } = first;
  await Crew.create(
    { id: randomUUIDv7(), workspaceId, name, description, graph, createdBy: userId },
    { transaction },
  );
}
