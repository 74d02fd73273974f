import { expect, test } from 'vitest';
import { crewOf } from '../../testing/crewOf.ts';
import { lastMessageOf, messagesOf } from '../../testing/messagesOf.ts';
import { pathsOf } from '../../testing/pathsOf.ts';
import { useEngine } from '../../testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';

const planOf = (steps: readonly (readonly [number, ...number[]])[], ready = true) =>
  JSON.stringify({
    plan: 'By steps.',
    steps: steps.map(([step_number, ...depends_on]) => ({
      step_number,
      description: `Part ${step_number}`,
      tool_to_use: null,
      depends_on,
    })),
    ready,
  });
const asksForPlan = { match: { promptIncludes: 'Do not do the task yet: plan it.' } };
const step = (number: number) => ({ match: { promptIncludes: `Do step ${number} of the plan now` } });
const watches = { match: { promptIncludes: 'You watch over work' } };
const verdict = (which: string) => ({ text: JSON.stringify({ why: 'So it is.', verdict: which }) });
const low = { effort: 'low' as const, maxAttempts: 1, maxSteps: 20, maxReplans: 3 };

test('[1.1 planning] an agent plans by a visible step, does what it planned and puts it together', async () => {
  const { engine, models } = at();
  models.script([
    { ...asksForPlan, reply: { text: planOf([[1], [2], [3, 1, 2]]) } },
    { ...step(1), reply: { text: 'one' } },
    { ...step(2), reply: { text: 'two' } },
    { ...step(3), reply: { text: 'three' } },
    { reply: { text: 'all of it' } },
  ]);
  const simulation = await engine.start({ graph: crewOf({ agent: { planning: low } }), model });
  expect((await simulation.ended()).outputPath).toBe('t1/t1/0/think.4');
  // The first two need nothing, and are done side by side.
  expect(await pathsOf(simulation)).toEqual([
    't1/0/plan.1',
    't1/0/think.1',
    't1/0/think.2',
    't1/0/think.3',
    't1/0/think.4',
  ]);
  const [planning] = models.calls;
  expect(planning?.body.response_format).toMatchObject({ json_schema: { strict: true } });
  expect(lastMessageOf(planning)).toBe(
    'user: Your task: Do t1.\n\nWhat your answer must contain: It.\nGive the whole content as your final answer, not ' +
      'a summary of it.\n\nDo not do the task yet: plan it. Give at most 20 steps, each small enough for one turn of ' +
      'work, with the numbers of the steps it needs. You have no tools. Answer with one JSON object and nothing else: ' +
      '{"plan": "how", "steps": [{"step_number": 1, "description": "what", "tool_to_use": null or a tool, ' +
      '"depends_on": []}], "ready": true when the plan can be followed as it is}.',
  );
  const third = lastMessageOf(models.calls[3]);
  expect(third).toContain('You work by this plan:\n{\n  "plan": "By steps."');
  expect(third).toContain(
    '\n\nWhat the steps brought that it needs:\n\n- one\n- two\n\nDo step 3 of the plan now',
  );
  expect(lastMessageOf(models.calls[4])).toContain(
    'What its steps brought:\n\n- one\n- two\n- three\n\nGive the final',
  );
});

test('[1.1 planning_config] medium effort looks at each step, and plans anew what did not work out', async () => {
  const { engine, models } = at();
  models.script([
    { ...asksForPlan, times: 1, reply: { text: planOf([[1], [2, 1]]) } },
    { ...asksForPlan, reply: { text: planOf([[7]]) } },
    { ...watches, times: 1, reply: verdict('replan') },
    { ...watches, reply: verdict('reached') },
    { ...step(1), reply: { text: 'failed' } },
    { ...step(7), reply: { text: 'better' } },
    { reply: { text: 'all of it' } },
  ]);
  const planning = { ...low, effort: 'medium' as const };
  const simulation = await engine.start({ graph: crewOf({ agent: { planning } }), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(await pathsOf(simulation)).toEqual([
    't1/0/plan.1',
    't1/0/think.1',
    't1/0/observe.1',
    't1/0/plan.2',
    't1/0/think.2',
    't1/0/observe.2',
    't1/0/think.3',
  ]);
  expect(lastMessageOf(models.calls[3])).toContain(
    'It did not work out. What its steps brought:\n\n- failed\n\nDo not',
  );
});

test('[1.1 planning_config] high effort may end early', async () => {
  const { engine, models } = at();
  models.script([
    { ...asksForPlan, reply: { text: planOf([[1], [2, 1], [3, 2]]) } },
    { ...watches, reply: verdict('reached') },
    { reply: { text: 'enough' } },
  ]);
  const planning = { ...low, effort: 'high' as const };
  const simulation = await engine.start({ graph: crewOf({ agent: { planning } }), model });
  await simulation.ended();
  expect(await pathsOf(simulation)).toEqual([
    't1/0/plan.1',
    't1/0/think.1',
    't1/0/observe.1',
    't1/0/think.2',
  ]);
});

test('[1.1 reasoning] a plan that is not ready is refined until it is', async () => {
  const { engine, models } = at();
  models.script([
    { ...asksForPlan, times: 2, reply: { text: planOf([[1]], false) } },
    { ...asksForPlan, reply: { text: planOf([[1]]) } },
    { reply: { text: 'done' } },
  ]);
  const planning = { ...low, maxAttempts: null };
  const simulation = await engine.start({ graph: crewOf({ agent: { planning } }), model });
  await simulation.ended();
  expect((await pathsOf(simulation)).slice(0, 3)).toEqual(['t1/0/plan.1', 't1/0/plan.2', 't1/0/plan.3']);
  expect(messagesOf(models.calls[1]).at(-1)).toContain('It is not ready. Refine it.');
});

test('[1.1 max_reasoning_attempts] bounds how often a plan is refined', async () => {
  const { engine, models } = at();
  models.script([{ ...asksForPlan, reply: { text: planOf([[1]], false) } }, { reply: { text: 'done' } }]);
  const planning = { ...low, maxAttempts: 2 };
  const simulation = await engine.start({ graph: crewOf({ agent: { planning } }), model });
  await simulation.ended();
  expect(await pathsOf(simulation)).toEqual(['t1/0/plan.1', 't1/0/plan.2', 't1/0/think.1', 't1/0/think.2']);
});

test('[1.1 planning] a plan that cannot be read is passed over', async () => {
  const { engine, models } = at();
  models.script([{ ...asksForPlan, reply: { text: 'no plan' } }, { reply: { text: 'done' } }]);
  const simulation = await engine.start({ graph: crewOf({ agent: { planning: low } }), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(await pathsOf(simulation)).toEqual(['t1/0/plan.1', 't1/0/think.1']);
  expect(lastMessageOf(models.calls[1])).toMatch(/not a summary of it\.$/);
});

test('a fork takes over a plan and its steps', async () => {
  const { engine, models } = at();
  models.script([{ ...asksForPlan, reply: { text: planOf([[1], [2]]) } }, { reply: { text: 'done' } }]);
  const graph = crewOf({ agent: { planning: low } });
  const parent = await engine.start({ graph, model });
  await parent.ended();
  const paid = models.calls.length;
  const fork = await engine.start({ graph, model, fork: { of: parent } });
  expect((await fork.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(paid);
});

test('[1.3 planning] a planner plans all tasks before the first, and each is told its own', async () => {
  const { engine, models } = at();
  const plans = [
    { task_number: 2, task: 'T2', plan: 'Look twice.' },
    { task_number: 2, task: 'T2', plan: 'Never seen.' },
  ];
  models.script([
    {
      match: { promptIncludes: 'You are a Task Execution Planner' },
      reply: { text: JSON.stringify({ list_of_plans_per_task: plans }) },
    },
    { reply: { text: 'done' } },
  ]);
  const graph = crewOf({ tasks: [{}, {}], settings: { planning: true } });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(await pathsOf(simulation)).toEqual(['t1/0/crewPlan.1', 't1/0/think.1', 't2/0/think.1']);
  const [planner, first, second] = models.calls;
  expect(lastMessageOf(planner)).toContain(
    'Task 2: Do t2.\nExpected: It.\nDone by: Writer, whose goal is: Write.\nTools: none',
  );
  expect(first?.prompt).not.toContain('The plan for it');
  expect(lastMessageOf(second)).toContain(
    'Your task: Do t2.\n\nThe plan for it: Look twice.\n\nWhat your answer',
  );
  const paid = models.calls.length;
  const fork = await engine.start({ graph, model, fork: { of: simulation } });
  expect((await fork.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(paid);
});

test('[1.3 planning_llm] is the planner’s model', async () => {
  const { engine, models } = at();
  models.script(() => ({ text: '{}' }));
  const settings = { planning: true, planningModel: 'openai/gpt-4o' };
  const simulation = await engine.start({ graph: crewOf({ settings }), model });
  await simulation.ended();
  expect(models.calls.map((call) => call.model)).toEqual(['gpt-4o', 'gpt-4.1-mini']);
});
