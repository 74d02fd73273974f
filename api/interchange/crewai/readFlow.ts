import { unreadable } from '../unreadable.ts';
import { type Entry, short, warn } from './entries.ts';
import { PydanticModels } from './PydanticModels.ts';
import { fileAt, type Place } from './places.ts';
import type { ProjectFiles, ReadProject } from './ReadProject.ts';
import { flattened, readDefinition } from './readDefinition.ts';
import { placesRead, readJsonCrew } from './readJsonCrew.ts';
import { readYaml, type YamlMap } from './yamlFile.ts';

/**
 * Reads the first crew that a method of a declarative flow calls, written there or in a file of its own. Whatever else
 * a flow does is a warning that names it.
 */
export function readFlow(project: ProjectFiles, file: Place): ReadProject {
  const { warnings } = project;
  const content = readYaml(file.path, project.files.get(file.path) ?? '');
  const flow: Entry = { file: file.path, key: 'flow', fields: content, warnings };
  const found = crewMethod(content);
  if (!found)
    throw unreadable(
      file.path,
      'no method of this flow calls a crew, and nothing else of a flow can be read yet',
    );
  warnOfRest(flow, found.name);
  const action: Entry = { ...flow, key: `methods.${found.name}.do`.slice(0, 300), fields: found.action };
  const read = readAction(project, file, action);
  const description = content.get('description');
  const name = content.get('name');
  const fields = new Map([['name', name], ...read.declared.crew.fields]);
  return {
    declared: { ...read.declared, crew: { ...read.declared.crew, fields } },
    description: typeof description === 'string' ? description.trim().slice(0, 2_000).toWellFormed() : '',
    used: [file, ...read.used],
  };
}

function crewMethod(content: YamlMap): { name: string; action: YamlMap } | undefined {
  const methods = content.get('methods');
  if (!(methods instanceof Map)) return undefined;
  for (const [name, method] of methods) {
    const action: unknown = method instanceof Map ? method.get('do') : undefined;
    if (action instanceof Map && action.get('call') === 'crew') return { name: String(name), action };
  }
  return undefined;
}

const FLOW_FIELDS = new Set(['schema', 'name', 'description', 'methods', 'state']);
/** What a state says of its fields; the fields themselves are found as the crew’s inputs. */
const STATE_FIELDS = new Set(['type', 'json_schema']);
const METHOD_FIELDS = new Set(['description', 'start', 'do']);

function warnOfRest(flow: Entry, chosen: string): void {
  const left = 'has no meaning here yet and was left out.';
  for (const field of flow.fields.keys())
    if (!FLOW_FIELDS.has(field)) warn(flow, field, `“${short(field)}” ${left}`);
  const state = flow.fields.get('state');
  const kept = state instanceof Map ? [...state.keys()].filter((field) => !STATE_FIELDS.has(field)) : [];
  for (const field of kept) warn(flow, `state.${field}`, `“${short(field)}” ${left}`);
  const methods = flow.fields.get('methods');
  if (!(methods instanceof Map)) return;
  const about: Entry = { ...flow, key: 'methods' };
  for (const [name, method] of methods) {
    if (name !== chosen) warn(about, String(name), `The method “${short(String(name))}” ${left}`);
    else if (method instanceof Map) {
      const others = [...method.keys()].filter((field) => !METHOD_FIELDS.has(field));
      for (const field of others) warn(about, `${name}.${field}`, `“${short(String(field))}” ${left}`);
    }
  }
}

const ACTION_FIELDS = new Set(['call', 'with', 'from_declaration', 'inputs']);

function readAction(project: ProjectFiles, file: Place, action: Entry): ReadProject {
  for (const field of action.fields.keys()) {
    if (!ACTION_FIELDS.has(field))
      warn(action, field, `“${short(field)}” has no meaning here yet and was left out.`);
  }
  warnOfComputed(action);
  const inline = action.fields.get('with');
  if (inline instanceof Map) {
    const crew: Entry = { ...action, key: 'crew', fields: inline };
    const models = new PydanticModels(project.files);
    const declared = readDefinition(crew, inlineAgents(crew), models);
    return { declared, used: placesRead(project, models) };
  }
  const path = String(action.fields.get('from_declaration') ?? '');
  const declaration = [path, `${path}/crew.jsonc`, `${path}/crew.json`]
    .flatMap((each) => fileAt(project.places, file.folder, each) ?? [])
    .find(({ role }) => role === 'json');
  if (declaration) return readJsonCrew(project, declaration);
  throw unreadable(file.path, `the crew that ${action.key} calls is not among the files`);
}

/** An input that is the state’s field of the same name is what a crew asks for anyway. */
function warnOfComputed(action: Entry): void {
  const inputs = action.fields.get('inputs');
  if (!(inputs instanceof Map)) return;
  for (const [name, value] of inputs) {
    if (typeof value === 'string' && isPassed(value.replace(/\s/g, ''), String(name))) continue;
    warn(
      action,
      `inputs.${short(String(name))}`,
      'Inputs are given when a crew is run, so this value was left out.',
    );
  }
}

const isPassed = (value: string, name: string) =>
  value === `\${state.${name}}` || value === `\${state["${name}"]}` || value === `{${name}}`;

/** A mapping of agents, or a list of them with their names. */
function inlineAgents(crew: Entry): ReadonlyMap<string, Entry> {
  const given = crew.fields.get('agents');
  const pairs: [unknown, unknown][] =
    given instanceof Map ? [...given] : Array.isArray(given) ? given.flatMap(named) : [];
  return new Map(
    pairs.flatMap(([name, fields]): [string, Entry][] => {
      const key = `agents.${String(name)}`.slice(0, 300);
      if (fields instanceof Map) return [[String(name), { ...crew, key, fields: flattened(fields) }]];
      warn(crew, `agents.${short(String(name))}`, 'This is no agent, so it was left out.');
      return [];
    }),
  );
}

function named(item: unknown): [unknown, unknown][] {
  if (!(item instanceof Map)) return [];
  if (!item.has('name')) return [...item];
  return [[item.get('name'), new Map([...item].filter(([field]) => field !== 'name'))]];
}
