import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importCrew } from '#api/interchange/importCrew.ts';
import { setUpEngine, type TestEngine } from '#worker/testing/setUpEngine.ts';
import { compileGraph } from '#workflows/graph/compile.ts';
import { fillPlaceholders, findInputs } from '#workflows/graph/inputs.ts';
import { validateGraph } from '#workflows/graph/validate.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';

/** Crews that other people wrote. They lie beside the project where we develop and are never committed. */
const FOLDER = resolve(import.meta.dirname, '../../shared/crewai-projects');
const hasProjects = existsSync(FOLDER);
if (!hasProjects) console.info(`NOT TESTED: there are no CrewAI projects in ${FOLDER}`);

const MODEL = 'openai/gpt-4.1-mini';

const imported = (hasProjects ? readdirSync(FOLDER) : []).map((project) => {
  const text = (file: string) => readFileSync(resolve(FOLDER, project, file), 'utf8');
  const files = { 'config/agents.yaml': text('agents.yaml'), 'config/tasks.yaml': text('tasks.yaml') };
  return { project, ...importCrew({ format: 'crewai', files }) };
});
const errorsOf = ({ graph }: (typeof imported)[number]) =>
  validateGraph(graph).filter(({ severity }) => severity === 'error');
const runnable = imported.filter((crew) => errorsOf(crew).length === 0);
const others = imported.filter((crew) => errorsOf(crew).length > 0);

let up: TestEngine | undefined;
beforeAll(async () => {
  if (hasProjects) up = await setUpEngine();
});
afterAll(() => up?.tearDown());

describe.runIf(hasProjects)('CrewAI projects of other people, against a model server', () => {
  test('many of them name their agents', () => {
    expect(imported.length).toBeGreaterThan(20);
    expect(runnable.length).toBeGreaterThan(10);
  });

  test.each(others.map((crew) => [crew.project, crew] as const))('%s lacks nothing but agents', (_, crew) => {
    expect(new Set(errorsOf(crew).map(({ code }) => code))).toEqual(new Set(['task.unassigned']));
  });

  test.each(runnable.map((crew) => [crew.project, crew] as const))('%s runs to the end', async (_, crew) => {
    if (!up) throw new Error('The engine is not up');
    const { engine, models } = up;
    models.reset();
    const graph = onOneModel(crew.graph);
    const plan = compileGraph(graph, { defaultModel: MODEL });
    const inputs = Object.fromEntries(findInputs(graph).map((name) => [name, `the ${name}`]));
    const values = new Map(Object.entries(inputs));
    // The same words may stand in several descriptions; the answer to the nth call is known by its number.
    models.script((call) => ({
      text: isJudge(call.prompt)
        ? '{"valid": true, "feedback": null}'
        : `Answer number ${call.n}, long enough to be told apart from all others.`,
    }));
    const simulation = await engine.start({ graph, inputs, model: MODEL });
    expect((await simulation.ended()).status).toBe('completed');

    const judged = plan.tasks.flatMap(({ guardrails = [] }) => guardrails).length;
    expect(models.calls).toHaveLength(plan.tasks.length + judged);
    const answers = new Map<string, string>();
    for (const { node_id, text } of await simulation.select<{ node_id: string; text: string }>(ANSWERS))
      answers.set(node_id, text);
    for (const task of plan.tasks) {
      const description = fillPlaceholders(task.description, values);
      const call = models.calls.find(
        ({ prompt }) =>
          !isJudge(prompt) && prompt.includes(description) && reads(prompt, plan, task, answers),
      );
      expect(call, `${task.name} was asked with exactly the answers it reads`).toBeDefined();
      expect(call?.prompt.includes('Write the answer in Markdown')).toBe(task.markdown);
      if (task.outputFile === null) continue;
      const name = fillPlaceholders(task.outputFile, values);
      const files = await simulation.select<{ name: string }>(FILES);
      expect(files.map((file) => file.name)).toContain(name);
      expect(existsSync(resolve(name)), 'nothing is written to the disk').toBe(false);
    }
  });
});

/** A guardrail in words is one more call for each answer. */
const isJudge = (prompt: string): boolean => prompt.includes('You check answers');

/** Whether a prompt holds the answers of the tasks that `task` reads, in their order, and no other answer. */
function reads(
  prompt: string,
  plan: ReturnType<typeof compileGraph>,
  task: (typeof plan.tasks)[number],
  answers: ReadonlyMap<string, string>,
): boolean {
  const wanted = contextTasks(plan, task).map((id) => answers.get(id));
  const joined = wanted.join('\n\n----------\n\n');
  const held = [...answers.values()].filter((answer) => prompt.includes(answer));
  return prompt.includes(joined) && held.length === wanted.length;
}

/** Whatever models the authors had, the local server answers for one. */
const onOneModel = (graph: (typeof imported)[number]['graph']) => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.kind === 'agent' ? { ...node, data: { ...node.data, model: MODEL } } : node,
  ),
});

const ANSWERS = `
select steps.node_id, coalesce(response -> 'text' ->> 'text', text) as text
from events
join steps on steps.simulation_id = events.simulation_id and steps.path = data ->> 'path'
left join contents on steps.workspace_id = contents.workspace_id
  and translate(encode(sha256, 'base64'), '+/', '-_') = (response -> 'text' ->> 'ref') || '='
where events.simulation_id = $1 and events.type = 'task.completed'`;

const FILES = 'select name from simulation_files where simulation_id = $1';
