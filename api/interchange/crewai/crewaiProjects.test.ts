import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileGraph } from '#workflows/graph/compile.ts';
import { validateGraph } from '#workflows/graph/validate.ts';
import { importCrew } from '../importCrew.ts';
import { AGENT_ATTRIBUTES, namesOf } from './attributes.ts';
import { TASK_EXTRA_NAMES } from './taskExtras.ts';

/**
 * Projects that other people wrote lie beside this one where we develop. They are not ours to commit, so the test says
 * when it has none.
 */
const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/crewai-projects');
const hasProjects = existsSync(FOLDER);
if (!hasProjects) console.info(`NOT TESTED: there are no CrewAI projects in ${FOLDER}`);
const projects = hasProjects ? readdirSync(FOLDER) : [];

const Yaml = z.record(z.string(), z.record(z.string(), z.unknown()));
/** What a crew here has a place for; only the rest may be warnings. */
const HONOURED = new Set([
  ...['role', 'goal', 'backstory', 'llm', 'max_iter', 'name', 'description', 'expected_output', 'agent'],
  ...['context', 'async_execution', 'markdown', 'output_file'],
  ...namesOf(AGENT_ATTRIBUTES),
  ...TASK_EXTRA_NAMES,
]);

function load(project: string) {
  const text = (file: string) => readFileSync(path.join(FOLDER, project, file), 'utf8');
  const files = { 'config/agents.yaml': text('agents.yaml'), 'config/tasks.yaml': text('tasks.yaml') };
  const agents = Yaml.parse(parse(files['config/agents.yaml']));
  const tasks = Yaml.parse(parse(files['config/tasks.yaml']));
  const assigned = Object.entries(tasks).filter(([, task]) => task.agent !== undefined);
  return { agents, tasks, assigned, crew: importCrew({ format: 'crewai', files }) };
}

describe.runIf(hasProjects)('CrewAI projects of other people', () => {
  it.each(projects)('%s imports with all its texts and order', (project) => {
    const { agents, tasks, crew } = load(project);
    const expected = [
      ...Object.entries(agents).map(([id, { role, goal, backstory }]) => ({
        id,
        data: { role, goal, backstory },
      })),
      ...Object.entries(tasks).map(([id, { description, expected_output, output_file = null }]) => ({
        id,
        data: { description, expectedOutput: expected_output, outputFile: output_file },
      })),
    ];
    expect(crew.graph.nodes).toMatchObject(expected);
  });

  it.each(projects)('%s warns of nothing that has a place here, and names each other key', (project) => {
    const { agents, tasks, crew } = load(project);
    const keys = Object.entries({ agents, tasks }).flatMap(([kind, entries]) =>
      Object.entries(entries).flatMap(([key, fields]) =>
        Object.keys(fields).map((field) => `${kind}.${key}.${field}`),
      ),
    );
    expect(crew.warnings.map(({ key }) => key)).toEqual(
      keys.filter((key) => !HONOURED.has(key.split('.').at(-1) ?? '')),
    );
  });

  it.each(projects)('%s runs when it names its agents, and says whose are missing when not', (project) => {
    const { tasks, assigned, crew } = load(project);
    const errors = validateGraph(crew.graph).filter(({ severity }) => severity === 'error');
    const unassigned = errors.filter(({ code }) => code === 'task.unassigned').map(({ nodeId }) => nodeId);
    expect(unassigned).toEqual(Object.keys(tasks).filter((key) => tasks[key]?.agent === undefined));
    if (assigned.length < Object.keys(tasks).length) return;
    expect(errors).toEqual([]);
    const plan = compileGraph(crew.graph, { defaultModel: 'demo/stand-in' });
    expect(plan.tasks.map(({ nodeId, agentId }) => [nodeId, agentId])).toEqual(
      Object.entries(tasks).map(([key, { agent }]) => [key, agent]),
    );
  });

  it('are of both kinds', () => {
    const isWhole = projects.map((project) => {
      const { tasks, assigned } = load(project);
      return assigned.length === Object.keys(tasks).length;
    });
    expect(new Set(isWhole)).toEqual(new Set([true, false]));
  });
});
