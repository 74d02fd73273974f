import { randomUUID } from 'node:crypto';
import { inWorkspace } from '#api/database/connect.ts';
import { appendEvents } from '#api/database/ledger/appendEvents.ts';
import { keepAnswer } from '#api/database/ledger/questions/keepAnswer.ts';
import { Question } from '#api/database/models/Question.ts';
import { Simulation } from '#api/database/models/Simulation.ts';
import { Step } from '#api/database/models/Step.ts';
import type { AnswerInput } from '#workflows/activities.ts';
import type { EventOf } from '#workflows/graph/eventSchema.ts';
import { UPDATES } from '#workflows/names.ts';
import type { Engine, Started } from './engine.ts';

export interface Said {
  readonly outcome?: string;
  readonly text?: string;
}

export interface AnswerOf {
  readonly engine: Engine;
  readonly simulation: Started;
  readonly requestId: string;
}

/** Waits until something is asked at the path, in the given epoch or the first. */
export async function asked(
  simulation: Started,
  path: string,
  times = 1,
): Promise<EventOf<'question.asked'>> {
  let found: EventOf<'question.asked'> | undefined;
  let count = 0;
  const seen = new Set<number>();
  await simulation.event((event) => {
    if (event.type !== 'question.asked' || event.data.path !== path || seen.has(event.seq)) return false;
    seen.add(event.seq);
    count += 1;
    found = event;
    return count >= times;
  });
  if (!found) throw new Error(`Nothing was asked at ${path}`);
  return found;
}

/** Puts an answer on record, as the api does. False when somebody was faster. */
export async function writeAnswer({ engine, simulation, requestId }: AnswerOf, said: Said): Promise<boolean> {
  const { workspaceId, id: simulationId } = simulation;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    await Simulation.findOne({ where: { workspaceId, id: simulationId }, transaction, lock: true });
    const question = await Question.findByPk(requestId, { transaction, rejectOnEmpty: true });
    const { outcome = null, text = '' } = said;
    const by = { id: null, name: 'Tester' };
    const kept = await keepAnswer(transaction, question, { outcome, text, by });
    if (!kept) return false;
    await appendEvents(transaction, { workspaceId, simulationId, events: kept.events });
    return true;
  });
}

/** Hands an answer on record over to the workflow that waits for it. */
export async function handOver({ engine, simulation, requestId }: AnswerOf): Promise<void> {
  const { workspaceId, id: simulationId } = simulation;
  const [question, step] = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const row = await Question.findByPk(requestId, { transaction, rejectOnEmpty: true });
    const { path } = row;
    return [row, await Step.findOne({ where: { simulationId, path }, transaction, rejectOnEmpty: true })];
  });
  if (!step.outcome) throw new Error('The step has not ended');
  await engine.client.workflow
    .getHandle(question.workflowId)
    .executeUpdate<void, [AnswerInput]>(UPDATES.answer, {
      args: [{ path: question.path, outcome: step.outcome }],
      updateId: randomUUID(),
    });
}

/** Both. */
export async function answer(of: AnswerOf, said: Said): Promise<boolean> {
  const won = await writeAnswer(of, said);
  if (won) await handOver(of);
  return won;
}
