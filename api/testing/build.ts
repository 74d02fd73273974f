import { randomUUIDv7 } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { compileGraph } from '#workflows/graph/compile.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { freezeCrew } from '../crews/freezeCrew.ts';
import { inWorkspace } from '../database/connect.ts';
import { appendEvents } from '../database/ledger/appendEvents.ts';
import { Contents } from '../database/ledger/contents.ts';
import type { NewQuestion } from '../database/ledger/questions/NewQuestion.ts';
import { openQuestion } from '../database/ledger/questions/openQuestion.ts';
import type { StoredRequest, StoredResponse } from '../database/ledger/stored.ts';
import { Crew } from '../database/models/Crew.ts';
import { Membership } from '../database/models/Membership.ts';
import { Question } from '../database/models/Question.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { Step } from '../database/models/Step.ts';
import type { AccountView } from '../users/schema.ts';
import type { Role } from '../workspaces/policy.ts';

export interface NewMember {
  readonly workspaceId: string;
  readonly userId: string;
  readonly role: Role;
}

/** Makes somebody a member, or changes what they are. */
export const addMember = (database: Sequelize, { workspaceId, userId, role }: NewMember) =>
  inWorkspace(database, workspaceId, (transaction) =>
    Membership.upsert({ workspaceId, userId, role }, { transaction }),
  );

export const removeMember = (database: Sequelize, where: Omit<NewMember, 'role'>) =>
  inWorkspace(database, where.workspaceId, (transaction) => Membership.destroy({ where, transaction }));

export interface BuildCrew {
  readonly owner: AccountView;
  readonly name?: string;
  readonly graph?: CrewGraph;
}

/** A crew of two tasks, valid and without inputs unless the test says otherwise. */
export function buildCrew(
  database: Sequelize,
  { owner, name = 'A crew', graph = chain(2) }: BuildCrew,
): Promise<Crew> {
  const workspaceId = owner.workspace.id;
  return inWorkspace(database, workspaceId, (transaction) =>
    Crew.create({ id: randomUUIDv7(), workspaceId, name, graph, createdBy: owner.user.id }, { transaction }),
  );
}

export interface BuildSimulation {
  readonly owner: AccountView;
  readonly crew?: Crew;
  /** Stored one after another; the status follows from them. */
  readonly events?: readonly NewEvent[];
  /** False for one that was accepted and never handed over. */
  readonly isInEngine?: boolean;
  readonly budgetMicros?: number;
}

/** A simulation with a past: what its events say. */
export async function buildSimulation(
  database: Sequelize,
  { owner, crew: given, events = [], isInEngine = true, budgetMicros }: BuildSimulation,
): Promise<Simulation> {
  const crew = given ?? (await buildCrew(database, { owner }));
  const { workspaceId, id: crewId, graph } = crew;
  const plan = compileGraph(graph, { defaultModel: 'demo/troupe' });
  const id = randomUUIDv7();
  const simulation = await inWorkspace(database, workspaceId, async (transaction) => {
    const freeze = { workspaceId, crewId, userId: owner.user.id, graph, plan };
    const crewVersionId = await freezeCrew(freeze, transaction);
    const startedInEngine = isInEngine ? 1 : 0;
    return Simulation.create(
      { id, workspaceId, crewId, crewVersionId, title: crew.name, startedInEngine, budgetMicros },
      { transaction },
    );
  });
  for (const event of events) await storeEvent(database, simulation, event);
  return simulation;
}

/** Numbers and stores one more event, as a worker would. */
export function storeEvent(
  database: Sequelize,
  { workspaceId, id }: Pick<Simulation, 'workspaceId' | 'id'>,
  event: NewEvent,
): Promise<number | null> {
  return inWorkspace(database, workspaceId, (transaction) =>
    appendEvents(transaction, { workspaceId, simulationId: id, events: [event] }),
  );
}

export const started: NewEvent = { key: 'started', type: 'simulation.started', data: { epoch: 1 } };
export const completed: NewEvent = {
  key: 'completed',
  type: 'simulation.completed',
  data: { outputPath: null },
};
export const failed: NewEvent = {
  key: 'failed:1',
  type: 'simulation.failed',
  data: { failure: { code: 'model.refused', message: 'The model said no.', path: 't1/t2/0/think.1' } },
};
export const taskCompleted = (nodeId: string): NewEvent => ({
  key: `task.completed:${nodeId}`,
  type: 'task.completed',
  data: { nodeId, path: `t1/${nodeId}/0/think.1` },
});

export interface BuildStep {
  readonly simulation: Simulation;
  readonly path: string;
  readonly nodeId: string;
  /** What the first request of a task says. */
  readonly prompt?: string;
  readonly answer?: string;
  readonly isEmpty?: boolean;
}

/** A finished model step with its texts. */
export function buildStep(
  database: Sequelize,
  { simulation, path, nodeId, prompt = 'Do it.', answer = 'Done.', isEmpty = false }: BuildStep,
): Promise<Step> {
  const { workspaceId, id: simulationId } = simulation;
  const contents = new Contents();
  const request: StoredRequest = {
    previousPath: null,
    toolPaths: [],
    added: [{ role: 'user', parts: [contents.add(prompt)] }],
    tools: ['calculator'],
    temperature: null,
    maxTokens: null,
  };
  const response: StoredResponse = { text: contents.add(answer), toolCalls: [], finishReason: 'stop' };
  return inWorkspace(database, workspaceId, async (transaction) => {
    await contents.insert(transaction, workspaceId);
    await database.query(
      `insert into calls (workspace_id, simulation_id, path, epoch, attempt, kind, state, model,
                          input_tokens, output_tokens, cost_micros)
       values ($1, $2, $3, 1, 1, 'model', 'answered', 'demo/troupe', 10, 5, 42)`,
      { bind: [workspaceId, simulationId, path], transaction },
    );
    return Step.create(
      {
        simulationId,
        path,
        workspaceId,
        nodeId,
        kind: 'model',
        state: 'completed',
        epoch: 1,
        attempt: 1,
        model: 'demo/troupe',
        request,
        response,
        outcome: { kind: 'answer', isEmpty },
        inputTokens: 10,
        outputTokens: 5,
        costMicros: 42,
        startedAt: new Date(),
        endedAt: new Date(),
      },
      { transaction },
    );
  });
}

/** An approval that waits for somebody, as a worker asks it. Returns its id. */
export async function buildQuestion(
  database: Sequelize,
  simulation: Pick<Simulation, 'workspaceId' | 'id'>,
  question: Partial<NewQuestion> = {},
): Promise<string> {
  const { workspaceId, id: simulationId } = simulation;
  const path = 't1/ok/0/ask';
  const contents = new Contents();
  const prompt = contents.add('Shall it be published?');
  const step = { workspaceId, simulationId, epoch: 1, path, nodeId: 'ok', priorAttempts: 0, events: [] };
  return inWorkspace(database, workspaceId, async (transaction) => {
    await openQuestion(transaction, {
      step,
      workflowId: workflowIdOf(simulationId),
      contents,
      question: {
        kind: 'approval',
        title: 'Publish',
        prompt,
        preview: 'Shall it be published?',
        context: [{ title: 'Draft', text: contents.add('# Owls') }],
        outcomes: [{ name: 'Approve' }, { name: 'Reject', description: 'Start over' }],
        asksForText: true,
        about: null,
        deadlineMinutes: null,
        reminderMinutes: null,
        tool: null,
        request: {
          previousPath: null,
          toolPaths: [],
          added: [],
          tools: [],
          temperature: null,
          maxTokens: null,
          arguments: prompt,
        },
        requestHash: 'hash',
        ...question,
      },
    });
    const { id } = await Question.findOne({ where: { simulationId }, transaction, rejectOnEmpty: true });
    return id;
  });
}

export interface BuildMemory {
  readonly owner: AccountView;
  readonly simulation: Pick<Simulation, 'id' | 'workspaceId' | 'crewId'>;
  readonly text?: string;
  readonly agent?: string;
}

/** Something that the simulation's crew remembers for somebody. Its id. */
export async function buildMemory(
  database: Sequelize,
  { owner, simulation, text = 'The stage is round.', agent = 'Researcher' }: BuildMemory,
): Promise<string> {
  const id = randomUUIDv7();
  const { id: simulationId, workspaceId, crewId } = simulation;
  await inWorkspace(database, workspaceId, (transaction) =>
    database.query(
      `insert into memories (workspace_id, id, crew_id, user_id, agent, text, sha256, simulation_id, path, number)
       values ($1, $2, $3, $4, $5, $6, sha256(convert_to($6, 'UTF8')), $7, $8, 0)`,
      {
        bind: [workspaceId, id, crewId, owner.user.id, agent, text, simulationId, `t1/t1/0/${id}`],
        transaction,
      },
    ),
  );
  return id;
}
