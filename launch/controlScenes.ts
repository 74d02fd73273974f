import type { Started } from '#worker/testing/engine.ts';
import type { TestEngine } from '#worker/testing/setUpEngine.ts';
import { controlIn, drawControls, looped, mapped, routed, taskIn } from '#workflows/graph/controlExamples.ts';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** Ways in which a crew can go whose histories are kept: each with a kind of node that decides or repeats. */
export type Scene = (test: TestEngine) => Promise<Started>;

const model = 'openai/gpt-4.1-mini';

interface Answered {
  readonly graph: CrewGraph;
  /** What is answered to the task that a prompt is of, at its number; `done` to all others. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly fails?: string;
}

const run =
  ({ graph, answers = {}, fails }: Answered): Scene =>
  async ({ engine, models }) => {
    script({ models }, { answers, fails });
    const simulation = await engine.start({ graph, model });
    await simulation.ended();
    return simulation;
  };

function script({ models }: Pick<TestEngine, 'models'>, { answers = {}, fails }: Omit<Answered, 'graph'>) {
  models.script((call) => {
    if (fails !== undefined && call.prompt.includes(fails)) return { status: 401 };
    const task = /Do (\w+)/.exec(call.prompt)?.[1] ?? '';
    return { text: (Object.hasOwn(answers, task) && answers[task]) || 'done' };
  });
}

const list = JSON.stringify(['a', 'b', 'c', 'd']);

const waits = drawControls(
  [taskIn('start'), controlIn('wait', 'pause', { seconds: 1 }), taskIn('end')],
  ['start ~ pause', 'pause ~ end'],
);

const conditional = drawControls(
  [
    taskIn('start'),
    taskIn('extra', undefined, { condition: { path: 'answer.start', op: 'contains', value: 'more' } }),
    taskIn('end'),
  ],
  ['start > extra', 'extra > end'],
);

const askedRouter = drawControls(
  [
    taskIn('start'),
    controlIn('router', 'way', {
      by: 'model',
      question: 'Do way: which?',
      model,
      outcomes: [{ name: 'Left' }, { name: 'Right' }],
      otherwise: 'Right',
    }),
    taskIn('left'),
    taskIn('right'),
  ],
  ['start > way', 'way = Left > left', 'way = Right > right'],
);

/** A crew in a crew, paused while it works. */
const subCrew: Scene = async ({ engine, models }) => {
  models.script((call) => (call.prompt.includes('Do t2.') ? { hold: 'before' } : undefined));
  const { workspaceId, crewVersionId } = await engine.version({ graph: chain(3), model });
  const crew = controlIn('crew', 'other', { crewId: crewVersionId, crewVersionId });
  const graph = drawControls([taskIn('start'), crew, taskIn('end')], ['start > other', 'other > end']);
  const simulation = await engine.start({ graph, model, workspaceId });
  await models.until((calls) => calls.some(({ state }) => state === 'held'));
  await simulation.command('pause');
  models.release();
  await simulation.event(({ type }) => type === 'simulation.paused');
  await simulation.command('resume');
  await simulation.ended();
  return simulation;
};

const retried: Scene = async (test) => {
  const simulation = await run({ graph: mapped({}, ['read']), answers: { list }, fails: 'Do read of b' })(
    test,
  );
  script(test, { answers: { list } });
  await simulation.retry();
  await simulation.ended();
  return simulation;
};

export const controlScenes: Readonly<Record<string, Scene>> = {
  router: run({ graph: routed, answers: { start: 'yes' } }),
  'router-by-model': run({ graph: askedRouter, answers: { way: 'Left' } }),
  conditional: run({ graph: conditional }),
  map: run({ graph: mapped({ concurrency: 2 }), answers: { list } }),
  'map-retried': retried,
  loop: run({ graph: looped() }),
  wait: run({ graph: waits }),
  'sub-crew': subCrew,
};

/** Of a Temporal that wants a new history after a few tasks. */
export const hastyControlScenes: Readonly<Record<string, Scene>> = {
  'map-continued': run({ graph: mapped({ concurrency: 2 }), answers: { list } }),
};
