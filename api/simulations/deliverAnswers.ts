import { Op } from 'sequelize';
import { inWorkspace } from '../database/connect.ts';
import { Question } from '../database/models/Question.ts';
import { Step } from '../database/models/Step.ts';
import { EngineRefused, EngineUnavailable } from './Engine.ts';
import type { EngineServices, SimulationKey } from './startInEngine.ts';

/**
 * Sends what people answered to the workflows that wait for it. False when the engine does not answer: the sweeper sends
 * it again. A run that is gone needs no telling: its next one finds the answer on record.
 */
export async function deliverAnswers(
  services: EngineServices,
  { workspaceId, id: simulationId }: SimulationKey,
): Promise<boolean> {
  const { database } = services;
  const questions = await inWorkspace(database, workspaceId, (transaction) =>
    Question.findAll({
      where: { workspaceId, simulationId, answeredAt: { [Op.ne]: null }, deliveredAt: null },
      order: ['answeredAt'],
      transaction,
    }),
  );
  for (const question of questions) if (!(await deliver(services, question))) return false;
  return true;
}

async function deliver({ database, engine, log }: EngineServices, question: Question): Promise<boolean> {
  const { workspaceId, simulationId, id, path, workflowId } = question;
  const step = await inWorkspace(database, workspaceId, (transaction) =>
    Step.findOne({ attributes: ['outcome'], where: { workspaceId, simulationId, path }, transaction }),
  );
  if (!step?.outcome) throw new Error(`The answer at ${path} has no step`);
  try {
    await engine.answer(workflowId, id, { path, outcome: step.outcome });
  } catch (error) {
    if (!(error instanceof EngineUnavailable || error instanceof EngineRefused)) throw error;
    log.warn({ simulationId, path }, 'An answer could not be delivered yet');
    return false;
  }
  await inWorkspace(database, workspaceId, (transaction) =>
    Question.update({ deliveredAt: new Date() }, { where: { workspaceId, id }, transaction }),
  );
  return true;
}
