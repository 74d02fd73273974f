import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { migrate } from '#api/database/migrate.ts';
import { crewOf } from '#worker/testing/crewOf.ts';
import { decodedHistory } from '#worker/testing/decodedHistory.ts';
import type { Started } from '#worker/testing/engine.ts';
import { answer, asked } from '#worker/testing/people.ts';
import { setUpEngine, type TestEngine } from '#worker/testing/setUpEngine.ts';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { asyncJoin, chain, toolDiamond, toolLoop } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { simulationIdOf, workflowIdOf } from '#workflows/names.ts';
import { asRole } from './asRole.ts';
import { controlScenes, hastyControlScenes, type Scene } from './controlScenes.ts';
import { CONTINUES_SOON } from './crash/continuesSoon.ts';
import { startPostgres } from './postgres.ts';
import { startTemporal } from './temporal.ts';

/**
 * Records one history a feature of the interpreter into workflows/histories, those named on the command line or all:
 * `npm run histories -- chain`. Run it when a feature is new, never to make a failing replay pass: an old history is
 * what a simulation that is in flight now looks like.
 */
const model = 'openai/gpt-4.1-mini';

const run =
  (graph: CrewGraph): Scene =>
  async ({ engine }) => {
    const simulation = await engine.start({ graph, model });
    await simulation.ended();
    return simulation;
  };

const calculates = ({ models }: TestEngine) =>
  models.script((call) =>
    call.prompt.includes('42') || !JSON.stringify(call.body).includes('calculator')
      ? { text: 'done' }
      : { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] },
  );

/** The first question is answered by itself: what it waits for is in the history. */
const approval: Scene = async ({ engine }) => {
  const graph = drawControls(
    [taskIn('draft'), controlIn('approval', 'ok', { question: 'Good?' }), taskIn('publish'), taskIn('bin')],
    ['draft > ok', 'ok = Approve > publish', 'ok = Reject > bin'],
  );
  const simulation = await engine.start({ graph, model });
  const { data } = await asked(simulation, 't1/ok/0/ask');
  await simulation.event(({ type }) => type === 'simulation.waiting');
  await answer({ engine, simulation, requestId: data.requestId }, { outcome: 'Reject' });
  await simulation.ended();
  return simulation;
};

const humanInput: Scene = async ({ engine }) => {
  const simulation = await engine.start({ graph: crewOf({ tasks: [{ humanInput: true }] }), model });
  for (const [round, text] of ['Shorter.', ''].entries()) {
    const { data } = await asked(simulation, `t1/t1/0/ask.${round + 1}`);
    await answer({ engine, simulation, requestId: data.requestId }, { text });
  }
  await simulation.ended();
  return simulation;
};

async function fork(test: TestEngine): Promise<Started> {
  const parent = await run(chain(3))(test);
  const of = { of: parent, rerun: ['t1/t2/0/think.1'] };
  const simulation = await test.engine.start({ graph: chain(3), model, fork: of });
  await simulation.ended();
  return simulation;
}

const scenes: Readonly<Record<string, Scene>> = {
  chain: run(chain(3)),
  'async-join': run(asyncJoin),
  'tool-loop': async (test) => {
    calculates(test);
    return run(toolLoop)(test);
  },
  'tool-diamond': async (test) => {
    calculates(test);
    return run(toolDiamond)(test);
  },
  'paused-and-resumed': async ({ engine, models }) => {
    models.script((call) => (call.prompt.includes('Do t2.') ? { hold: 'before' } : undefined));
    const simulation = await engine.start({ graph: chain(3), model });
    await models.until((calls) => calls.some(({ state }) => state === 'held'));
    await simulation.command('pause');
    models.release();
    await simulation.event(({ type }) => type === 'simulation.paused');
    await simulation.command('resume');
    await simulation.ended();
    return simulation;
  },
  cancelled: async ({ engine, models }) => {
    models.script(() => ({ hold: 'before' }));
    const simulation = await engine.start({ graph: chain(2), model });
    await models.until((calls) => calls.some(({ state }) => state === 'held'));
    await simulation.command('cancel');
    await simulation.ended();
    return simulation;
  },
  failed: async (test) => {
    test.models.script([{ match: { promptIncludes: 'Do t2.' }, reply: { status: 401 } }]);
    return run(chain(3))(test);
  },
  approval,
  'human-input': humanInput,
  fork,
  // Since what is finished is carried by the order of the plan and no more by name.
  'fork-packed': fork,
  budget: async ({ engine }) => {
    const simulation = await engine.start({ graph: chain(1), model, budgetMicros: 1 });
    await simulation.event(({ type }) => type === 'simulation.waiting');
    await simulation.command('cancel');
    await simulation.ended();
    return simulation;
  },
  ...controlScenes,
};

const folder = fileURLToPath(new URL('../workflows/histories/', import.meta.url));
const wanted = process.argv.slice(2);
const PASSWORD = 'histories';
const dataDir = mkdtempSync(join(tmpdir(), 'troupe-histories-'));
mkdirSync(folder, { recursive: true });

const [postgres, temporal, hasty] = await Promise.all([
  startPostgres({ dataDir, password: PASSWORD, database: 'troupe' }),
  startTemporal(),
  startTemporal({ config: CONTINUES_SOON }),
]);
await migrate({ ownerUrl: postgres.url, appPassword: PASSWORD });
const databaseUrl = asRole(postgres.url, 'troupe_app', PASSWORD);
await recordAll(scenes, temporal.address);
const continued = { continued: run(chain(12)), 'continued-packed': run(chain(12)) };
await recordAll({ ...continued, ...hastyControlScenes }, hasty.address);
await Promise.all([temporal.stop(), hasty.stop()]);
await postgres.stop();

async function recordAll(each: Readonly<Record<string, Scene>>, temporalAddress: string): Promise<void> {
  const test = await setUpEngine({ databaseUrl, temporalAddress });
  for (const [name, scene] of Object.entries(each)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    test.models.reset();
    await record(test, name, await scene(test));
  }
  await test.tearDown();
}

/** Every run of the workflow, and of those of its sub-crews: one that continued as new or was retried has several. */
async function record({ engine }: TestEngine, name: string, { id }: Started): Promise<void> {
  const query = `WorkflowId STARTS_WITH '${workflowIdOf(id)}'`;
  const runs: { workflowId: string; runId: string }[] = [];
  for await (const run of engine.client.workflow.list({ query })) runs.push(run);
  for (const [index, { workflowId, runId }] of runs.entries()) {
    const simulationId = simulationIdOf(workflowId);
    const history = await decodedHistory(engine.client, { simulationId, runId });
    const file = runs.length > 1 ? `${name}-${index + 1}` : name;
    writeFileSync(join(folder, `${file}.json`), `${withoutPlace(historyToJSON(history))}\n`);
  }
}

/** Who ran it where is nobody's business, and replay does not look at it. */
function withoutPlace(history: string): string {
  return JSON.stringify(JSON.parse(history), (key, value) =>
    key === 'identity' || key === 'stackTrace' || key === 'workerInstanceKey' ? undefined : value,
  );
}
