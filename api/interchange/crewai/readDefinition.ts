import { withAnswerModels } from './answerModels.ts';
import type { DeclaredCrew } from './DeclaredCrew.ts';
import { type Entry, short, warn } from './entries.ts';
import type { PydanticModels } from './PydanticModels.ts';
import type { YamlMap } from './yamlFile.ts';

/** Words for what everything is anyway. */
const USUAL_TYPES = new Set(['agent', 'Agent', 'crewai.Agent', 'task', 'Task', 'crewai.Task']);
/** A name that is a key, not one for people. */
const KEY = /^[a-z][a-z0-9_]*$/;

/** A crew as one value says it, in crew.jsonc or within a flow. Its agents were found before. */
export function readDefinition(
  crew: Entry,
  agents: ReadonlyMap<string, Entry>,
  models: PydanticModels,
): DeclaredCrew {
  const { tasks: listed, names } = tasksOf(crew);
  const tasks = withAnswerModels(listed, models, crew.file);
  warnOfInputs(crew);
  const fields = new Map([...crew.fields].filter(([field]) => !PARTS.has(field)));
  return { agents, agentNames: new Map(), tasks, taskNames: names, crew: { ...crew, fields } };
}

const PARTS = new Set(['agents', 'tasks', 'inputs']);

/** Placeholders are what a crew asks for; values for them have no place yet. */
function warnOfInputs(crew: Entry): void {
  const inputs = crew.fields.get('inputs');
  if (!(inputs instanceof Map)) return;
  for (const [name, value] of inputs) {
    if (value === `{${String(name)}}`) continue;
    warn(
      crew,
      `inputs.${short(String(name))}`,
      'Values for inputs are given when a crew is run, so this one was left out.',
    );
  }
}

function tasksOf(crew: Entry): { tasks: ReadonlyMap<string, Entry>; names: ReadonlyMap<string, string> } {
  const list = crew.fields.get('tasks');
  const tasks = new Map<string, Entry>();
  const names = new Map<string, string>();
  for (const [place, fields] of (Array.isArray(list) ? list : []).entries()) {
    if (!(fields instanceof Map)) {
      warn(crew, `tasks.${place + 1}`, 'This is no task, so it was left out.');
      continue;
    }
    const name = fields.get('name');
    const isNamed = typeof name === 'string' && name.trim() !== '';
    const key = freeKey(isNamed ? name : `task_${place + 1}`, tasks);
    if (isNamed) names.set(name.trim(), key);
    const entry = { ...crew, key: `tasks.${key}`.slice(0, 300), fields: flattened(fields) };
    tasks.set(key, isNamed && KEY.test(name) ? without(entry, 'name') : entry);
  }
  return { tasks, names };
}

function freeKey(name: string, taken: ReadonlyMap<string, Entry>): string {
  let key = name;
  for (let number = 2; taken.has(key); number += 1) key = `${name}_${number}`;
  return key;
}

const without = (entry: Entry, field: string): Entry => ({
  ...entry,
  fields: new Map([...entry.fields].filter(([each]) => each !== field)),
});

/** Fields as CrewAI takes them: `settings` before the rest, `config` for what is missing. */
export function flattened(fields: YamlMap): YamlMap {
  const [settings, config] = [fields.get('settings'), fields.get('config')];
  const flat = new Map(fields);
  if (settings instanceof Map) for (const [field, value] of settings) flat.set(field, value);
  if (config instanceof Map) {
    for (const [field, value] of config) if ((flat.get(field) ?? null) === null) flat.set(field, value);
  }
  const type = flat.get('type');
  const dropped = [
    settings instanceof Map ? 'settings' : '',
    config instanceof Map ? 'config' : '',
    typeof type === 'string' && USUAL_TYPES.has(type) ? 'type' : '',
  ];
  for (const field of dropped) flat.delete(field);
  return flat;
}
