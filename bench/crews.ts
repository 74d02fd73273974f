import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Started } from '#worker/testing/engine.ts';
import { chain, parallelJoin } from '#workflows/graph/examples.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { BARE_QUEUE, type BenchHouse } from './BenchHouse.ts';
import type { bareCrew, Shape } from './bare/bareCrew.ts';

export const MODEL = 'openai/gpt-4.1-mini';

export interface Ran {
  /** From the first start to the last end, by Temporal's clock: rows written before and looked at after do not count. */
  readonly wallMs: number;
  readonly historyBytes: number;
}

export interface RanOurs extends Ran {
  readonly simulations: readonly Started[];
}

const graphOf = (shape: Shape) => ('chain' in shape ? chain(shape.chain) : parallelJoin(shape.parallelJoin));

/** Runs crews of ours at once, to the end. */
export async function runOurs({ engine }: BenchHouse, shape: Shape, count = 1): Promise<RanOurs> {
  const launches = [];
  for (let n = 0; n < count; n += 1)
    launches.push(await engine.prepare({ graph: graphOf(shape), model: MODEL }));
  const simulations = await Promise.all(launches.map((launch) => launch()));
  const rows = await Promise.all(simulations.map((simulation) => simulation.ended()));
  if (rows.some(({ status }) => status !== 'completed')) throw new Error('A simulation did not complete');
  const ran = await look(
    engine.client,
    simulations.map(({ id }) => workflowIdOf(id)),
  );
  return { ...ran, simulations };
}

/** The same tasks, by the bare workflow. */
export async function runBare({ bareClient }: BenchHouse, shape: Shape, count = 1): Promise<Ran> {
  const start = (): Promise<WorkflowHandle> =>
    bareClient.workflow.start<typeof bareCrew>('bareCrew', {
      workflowId: `bare:${randomUUID()}`,
      taskQueue: BARE_QUEUE,
      args: [shape],
    });
  const handles = await Promise.all(Array.from({ length: count }, start));
  await Promise.all(handles.map((handle) => handle.result()));
  return look(
    bareClient,
    handles.map(({ workflowId }) => workflowId),
  );
}

async function look(client: Client, workflowIds: readonly string[]): Promise<Ran> {
  const runs = await Promise.all(workflowIds.map((id) => client.workflow.getHandle(id).describe()));
  const starts = runs.map(({ startTime }) => startTime.getTime());
  const ends = runs.map(({ closeTime }) => closeTime?.getTime() ?? Number.POSITIVE_INFINITY);
  return {
    wallMs: Math.max(...ends) - Math.min(...starts),
    historyBytes: runs.reduce((sum, { historySize }) => sum + (historySize ?? 0), 0),
  };
}
