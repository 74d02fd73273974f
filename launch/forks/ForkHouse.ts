import { randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { inWorkspace } from '#api/database/connect.ts';
import { createTemporalEngine } from '#api/simulations/temporalEngine.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { openTestApi, type TestApi, type TestUser } from '#api/testing/openTestApi.ts';
import { payloadsOfTests } from '#api/testing/payloads.ts';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { installLogger } from '#worker/installLogger.ts';
import { runWorker } from '#worker/testing/runWorker.ts';
import { testEnv } from '#worker/testing/testEnv.ts';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

export type ForkInput = Omit<Parameters<TestUser['trpc']['simulations']['fork']['mutate']>[0], 'id'>;

/** The api as it ships over a real engine with a worker of its own, and a model server that counts. */
export class ForkHouse {
  readonly api: TestApi;
  readonly models: ModelServer;
  readonly user: TestUser;
  readonly #worker: { stop(): Promise<void> };

  private constructor(
    parts: Pick<ForkHouse, 'api' | 'models' | 'user'> & { worker: { stop(): Promise<void> } },
  ) {
    this.api = parts.api;
    this.models = parts.models;
    this.user = parts.user;
    this.#worker = parts.worker;
  }

  static async open(): Promise<ForkHouse> {
    installLogger('fatal');
    const { databaseUrl, temporalAddress, workflowBundle } = testEnv();
    const taskQueue = `forks-${randomUUID()}`;
    const models = await startModelServer({});
    const worker = await runWorker({
      SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_TASK_QUEUE: taskQueue,
      WORKFLOW_BUNDLE: workflowBundle,
      OPERATOR_MODELS: 'all',
      OPENAI_API_KEY: 'test',
      OPENAI_BASE_URL: models.openaiBaseUrl,
      ANTHROPIC_API_KEY: 'test',
      ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
      DEMO_ANSWER_MS: '0',
    });
    const engine = createTemporalEngine({
      dataConverter: payloadsOfTests(),
      connection: { address: temporalAddress },
      namespace: 'default',
      taskQueue,
    });
    const api = await openTestApi({ engine });
    return new ForkHouse({ api, models, worker, user: await api.createUser('Ada') });
  }

  async close(): Promise<void> {
    await this.#worker.stop();
    await this.api.services.engine.close();
    await this.api.close();
    await this.models.stop();
  }

  get simulations(): TestUser['trpc']['simulations'] {
    return this.user.trpc.simulations;
  }

  /** Runs a crew of its own to the end, and says what it paid. */
  async run(graph: CrewGraph, inputs: Record<string, string> = {}): Promise<string> {
    const id = await this.start(graph, inputs);
    await this.closed(id);
    return id;
  }

  async start(graph: CrewGraph, inputs: Record<string, string> = {}): Promise<string> {
    const crew = await this.user.trpc.crews.create.mutate({ name: 'A crew', graph: withModel(graph) });
    return (await this.simulations.start.mutate({ crewId: crew.id, inputs })).id;
  }

  /** Resolves when it has reached one of the closing events, with the way it ended. */
  async closed(id: string): Promise<string> {
    const event = await this.event(id, ({ type }) => CLOSING.has(type));
    return event.type.slice('simulation.'.length);
  }

  /** Follows the simulation until an event fits. */
  event(id: string, fits: (event: SimulationEvent) => boolean): Promise<SimulationEvent> {
    return new Promise((resolve, reject) => {
      const following = this.simulations.follow.subscribe(
        { id },
        {
          onData: ({ data }) => {
            if (data.type === 'delta' || !fits(data)) return;
            // First this: leaving counts as an end.
            resolve(data);
            following.unsubscribe();
          },
          onError: reject,
          onComplete: () => reject(new Error('It ended without that event')),
        },
      );
    });
  }

  /** Forks, waits for the end, and compares what the preview said with what the model server counted. */
  async fork(id: string, input: ForkInput = {}) {
    const preview = await this.simulations.previewFork.mutate({ id, ...input });
    const before = this.models.calls.length;
    const fork = await this.simulations.fork.mutate({ id, ...input });
    const ended = await this.closed(fork.id);
    const paid = this.models.calls.length - before;
    return { id: fork.id, ended, preview, paid };
  }

  steps(id: string) {
    return this.simulations.steps.query({ id, limit: 1_000 }).then(({ items }) => items);
  }

  /** The whole log, byte for byte as it is stored: a row a line. */
  async log(id: string): Promise<string> {
    const { database } = this.api;
    const rows = await inWorkspace(database, this.user.workspace.id, (transaction) =>
      database.query<{ row: string }>(
        'select e::text as row from events e where simulation_id = $1 order by seq',
        { bind: [id], transaction, type: QueryTypes.SELECT },
      ),
    );
    if (rows.length === 0) throw new Error('The simulation has no log');
    return rows.map(({ row }) => row).join('\n');
  }
}

const CLOSING = new Set(['simulation.completed', 'simulation.failed', 'simulation.cancelled']);

/** The same crew on a model that the model server plays. */
export const withModel = (graph: CrewGraph, model = 'openai/gpt-4.1-mini'): CrewGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.kind === 'agent' && node.data.model === '' ? { ...node, data: { ...node.data, model } } : node,
  ),
});
