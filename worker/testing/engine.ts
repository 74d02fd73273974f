import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { QueryTypes, type Sequelize } from 'sequelize';
import { connectDatabase, inWorkspace } from '#api/database/connect.ts';
import type { ForkRule } from '#api/database/ledger/reuse/ForkRule.ts';
import { Crew } from '#api/database/models/Crew.ts';
import { CrewVersion } from '#api/database/models/CrewVersion.ts';
import { EventRow } from '#api/database/models/EventRow.ts';
import { Simulation } from '#api/database/models/Simulation.ts';
import { Workspace } from '#api/database/models/Workspace.ts';
import { readFinishedTasks } from '#api/simulations/readFinishedTasks.ts';
import { readGenerations } from '#api/simulations/readGenerations.ts';
import { payloadsOfTests } from '#api/testing/payloads.ts';
import type { CommandInput, RunInput } from '#workflows/activities.ts';
import { type FinishedTasks, packFinished } from '#workflows/finishedTasks.ts';
import { compileGraph } from '#workflows/graph/compile.ts';
import { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { Plan, PlanTool } from '#workflows/graph/planSchema.ts';
import { CrewGraph, type CrewGraphInput } from '#workflows/graph/schema.ts';
import { UPDATES, WORKFLOW_TYPE, workflowIdOf } from '#workflows/names.ts';
import { toControlPlan } from '#workflows/plan.ts';
import type { runSimulation } from '#workflows/runSimulation.ts';

/** Rows and workflows without the api in between: for tests of worker, workflow and ledger, and for the bench. */
export interface Engine {
  readonly database: Sequelize;
  readonly client: Client;
  readonly taskQueue: string;
  /** Writes a version of a crew, for another crew to run as a step. */
  version(options: VersionOptions): Promise<CrewVersionRef>;
  /** Writes the rows alone. What it returns starts the workflow. */
  prepare(options: StartOptions): Promise<() => Promise<Started>>;
  /** The same, telling where: for what a test keeps there before it starts. */
  prepareIn(options: StartOptions): Promise<{ workspaceId: string; start: () => Promise<Started> }>;
  start(options: StartOptions): Promise<Started>;
  close(): Promise<void>;
}

interface VersionOptions {
  readonly graph: CrewGraphInput;
  readonly model?: string;
  /** Tools beside the catalogue's. */
  readonly tools?: readonly PlanTool[];
  /** One of its own unless said. */
  readonly workspaceId?: string;
}

interface CrewVersionRef {
  readonly workspaceId: string;
  readonly crewId: string;
  readonly crewVersionId: string;
}

interface StartOptions {
  readonly graph: CrewGraphInput;
  /** A fork: of whom, and which steps are to run anew. Takes over what had ended when it is made. */
  readonly fork?: { readonly of: Started } & Partial<Pick<ForkRule, 'rerun' | 'untilSeq' | 'answers'>>;
  readonly inputs?: Record<string, string>;
  readonly budgetMicros?: number;
  readonly model?: string;
  /** One that is there already. */
  readonly workspaceId?: string;
  /** Tools beside the catalogue's. */
  readonly tools?: readonly PlanTool[];
}

export interface Started {
  readonly workspaceId: string;
  readonly id: string;
  /** Resolves when the workflow has closed, with the row as it then is. */
  ended(): Promise<Simulation>;
  row(): Promise<Simulation>;
  events(): Promise<SimulationEvent[]>;
  /** Resolves with the first event that fits, waiting for it. */
  event(fits: (event: SimulationEvent) => boolean): Promise<SimulationEvent>;
  select<T extends object>(sql: string): Promise<T[]>;
  /** Writes the row and sends the Update, as the api does. */
  command(kind: 'pause' | 'resume' | 'cancel'): Promise<void>;
  retry(): Promise<void>;
}

export interface ConnectEngine {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly taskQueue: string;
}

export async function connectEngine(options: ConnectEngine): Promise<Engine> {
  const database = connectDatabase({ url: options.databaseUrl, poolSize: 5 });
  const connection = await Connection.connect({ address: options.temporalAddress });
  const client = new Client({ connection, dataConverter: payloadsOfTests(options.databaseUrl) });
  const engine: Engine = {
    database,
    client,
    taskQueue: options.taskQueue,
    version: (what) => writeVersion(database, what),
    prepare: async (what) => (await prepareSimulation(engine, what)).start,
    prepareIn: (what) => prepareSimulation(engine, what),
    start: async (what) => (await prepareSimulation(engine, what)).start(),
    async close() {
      await connection.close();
      await database.close();
    },
  };
  return engine;
}

async function prepareSimulation(
  engine: Engine,
  options: StartOptions,
): Promise<{ workspaceId: string; start: () => Promise<Started> }> {
  const { database } = engine;
  const id = randomUUID();
  const { of: parent, ...forkRule } = options.fork ?? {};
  const written = await writeVersion(database, {
    ...options,
    workspaceId: parent?.workspaceId ?? options.workspaceId,
  });
  const { workspaceId, crewId, crewVersionId, plan } = written;
  const untilSeq = options.fork?.untilSeq ?? (await parent?.row())?.lastSeq ?? 0;
  await inWorkspace(database, workspaceId, async (transaction) => {
    await Simulation.create(
      {
        id,
        workspaceId,
        crewId,
        crewVersionId,
        title: 'Test',
        inputs: options.inputs ?? {},
        budgetMicros: options.budgetMicros ?? null,
        forkedFrom: parent?.id ?? null,
        fork: parent
          ? { rerun: [], ...forkRule, parentId: parent.id, untilSeq, sideEffects: 'simulate' }
          : null,
      },
      { transaction },
    );
  });
  const launch: StartedParts['launch'] = (epoch, { ended, generations }, commandSeq) => {
    const finished = packFinished(ended, plan);
    return engine.client.workflow.start<typeof runSimulation>(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(id),
      taskQueue: engine.taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [
        {
          ...runInput({ workspaceId, simulationId: id, crewVersionId, epoch, finished, commandSeq }),
          isFork: parent !== undefined,
          ...(Object.keys(generations).length > 0 && { generations }),
        },
        toControlPlan(plan),
      ],
    });
  };
  return {
    workspaceId,
    async start() {
      await launch(1, { ended: {}, generations: {} }, 0);
      return started(engine, { workspaceId, id, plan, launch });
    },
  };
}

async function writeVersion(
  database: Sequelize,
  options: VersionOptions,
): Promise<CrewVersionRef & { readonly plan: Plan }> {
  const [crewId, crewVersionId] = [randomUUID(), randomUUID()];
  const workspaceId = options.workspaceId ?? randomUUID();
  const graph = CrewGraph.parse(options.graph);
  const plan = compileGraph(graph, {
    defaultModel: options.model ?? 'demo/stand-in',
    tools: options.tools ?? [],
  });
  const hash = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
  await inWorkspace(database, workspaceId, async (transaction) => {
    await Workspace.upsert({ id: workspaceId, name: 'Test' }, { transaction });
    await Crew.create({ id: crewId, workspaceId, name: 'Test', graph }, { transaction });
    await CrewVersion.create(
      { id: crewVersionId, workspaceId, crewId, number: 1, hash, graph, plan },
      { transaction },
    );
  });
  return { workspaceId, crewId, crewVersionId, plan };
}

const runInput = (
  given: Pick<
    RunInput,
    'workspaceId' | 'simulationId' | 'crewVersionId' | 'epoch' | 'finished' | 'commandSeq'
  >,
): RunInput => ({ ...given, title: 'Test', isPaused: false, isContinued: false });

/** What earlier epochs have come to. */
interface Before {
  readonly ended: FinishedTasks;
  readonly generations: Readonly<Record<string, number>>;
}

interface StartedParts {
  readonly workspaceId: string;
  readonly id: string;
  readonly plan: Plan;
  launch(epoch: number, before: Before, commandSeq: number): Promise<unknown>;
}

function started(engine: Engine, { workspaceId, id, plan, launch }: StartedParts): Started {
  const { database, client } = engine;
  const row = () =>
    inWorkspace(database, workspaceId, (transaction) =>
      Simulation.findOne({ where: { workspaceId, id }, transaction, rejectOnEmpty: true }),
    );
  const select = <T extends object>(sql: string): Promise<T[]> =>
    inWorkspace(database, workspaceId, (transaction) =>
      database.query<T>(sql, { bind: [id], transaction, type: QueryTypes.SELECT }),
    );
  const events = () =>
    inWorkspace(database, workspaceId, async (transaction) => {
      const rows = await EventRow.findAll({ where: { simulationId: id }, order: ['seq'], transaction });
      return rows.map(({ seq, type, data, at }) =>
        SimulationEvent.parse({ seq, type, data, at: at.toISOString() }),
      );
    });
  const change = (set: string) =>
    inWorkspace(database, workspaceId, async (transaction) => {
      const [next] = await database.query<{ command_seq: number; epoch: number }>(
        `update simulations set command_seq = command_seq + 1, ${set} where id = $1 returning command_seq, epoch`,
        { bind: [id], transaction, type: QueryTypes.SELECT },
      );
      if (!next) throw new Error('The simulation is gone');
      return next;
    });
  return {
    workspaceId,
    id,
    row,
    select,
    events,
    async ended() {
      await client.workflow.getHandle(workflowIdOf(id)).result();
      return row();
    },
    async event(fits) {
      for (;;) {
        // A crash test may have just killed the database; then the event is looked for again.
        const found = (await events().catch(() => [])).find(fits);
        if (found) return found;
        await wait(20);
      }
    },
    async command(kind) {
      const { command_seq: seq } = await change(`wanted = '${kind === 'resume' ? 'run' : kind}'`);
      await client.workflow
        .getHandle(workflowIdOf(id))
        .executeUpdate<void, [CommandInput]>(UPDATES[kind], { args: [{ seq, by: 'Tester' }] });
    },
    async retry() {
      const { epoch, command_seq: seq } = await change(
        `epoch = epoch + 1, wanted = 'run', status = 'queued'`,
      );
      const before = await inWorkspace(database, workspaceId, async (transaction) => ({
        ended: await readFinishedTasks(database, transaction, { simulationId: id, plan }),
        generations: await readGenerations(database, transaction, id),
      }));
      await launch(epoch, before, seq);
    },
  };
}
