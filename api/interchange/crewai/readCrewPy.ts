import type { ImportWarning } from '../../crews/schema.ts';
import { lastName, memberOf, type PyCall, type PyValue } from '../python/PyValue.ts';
import { type PyClass, type PyMethod, type PyModule, readModule } from '../python/readModule.ts';
import { Code, codeSentence, short } from './entries.ts';
import type { PydanticModels } from './PydanticModels.ts';
import { fieldValue } from './pyFields.ts';
import { type PyScope, resolveNames } from './pyScope.ts';

/** What the class with `@CrewBase` makes, read as text. */
export interface CrewPy {
  readonly file: string;
  readonly className: string;
  readonly agents: readonly Made[];
  readonly tasks: readonly Made[];
  /** What `Crew(...)` is given. */
  readonly crew: ReadonlyMap<string, unknown>;
  /** Where the class says that its YAML files lie, from its own folder. */
  readonly configs: { readonly agents: string | undefined; readonly tasks: string | undefined };
}

/** An agent or a task that a decorated method makes. */
export interface Made {
  readonly method: string;
  /** Its entry in the YAML file; undefined when it has none. */
  readonly config: string | undefined;
  /** What it is given besides. */
  readonly fields: ReadonlyMap<string, unknown>;
}

/** A file of Python that long is no crew. */
const MOST_CHARACTERS = 300_000;
const MOST_VALUES = 50_000;
const MADE_BY_PARTS = new Set(['agent', 'task', 'crew', 'llm', 'tool']);
/** Decorators of Python itself. */
const PLAIN = new Set(['property', 'cached_property', 'staticmethod', 'classmethod', 'override', 'memoize']);

export interface ReadCrewPy {
  readonly file: string;
  readonly text: string;
  /** Where the classes of answers are found. */
  readonly models: PydanticModels;
  readonly warnings: ImportWarning[];
}

/**
 * Reads a crew.py without running it. Undefined when there is no crew class in it. What is not understood is a warning
 * that names it, never an error.
 */
export function readCrewPy({ file, text, models, warnings }: ReadCrewPy): CrewPy | undefined {
  const warn = (key: string, message: string) =>
    warnings.push({ file: file.slice(0, 300), key: key.slice(0, 300), message });
  if (text.length > MOST_CHARACTERS) {
    warn('crew', 'This file is larger than a crew can be, so it was not read.');
    return undefined;
  }
  const module = readModule(text);
  const [owner, ...others] = crewClasses(module);
  if (!owner) {
    warn('crew', 'There is no class with @CrewBase in this file, and other Python is not read.');
    return undefined;
  }
  for (const { name } of others) warn(`crew.${name}`, 'Another crew is made here; import it on its own.');
  const reader = new CrewClassReader({ module, owner, file, models, budget: { left: MOST_VALUES } }, warn);
  const path = (name: string) => {
    const value = owner.values.get(name);
    return value?.kind === 'text' ? value.text : undefined;
  };
  const configs = { agents: path('agents_config'), tasks: path('tasks_config') };
  return { file, className: owner.name, configs, ...reader.read() };
}

function crewClasses({ classes }: PyModule): PyClass[] {
  const makes = ({ methods }: PyClass) =>
    [...methods.values()].some(
      ({ decorators }) => decorators.includes('agent') || decorators.includes('task'),
    );
  return classes.filter((each) => each.decorators.includes('CrewBase') || makes(each));
}

type Warn = (key: string, message: string) => void;

class CrewClassReader {
  readonly #scope: Omit<PyScope, 'method'>;
  readonly #warn: Warn;
  readonly #methods: readonly PyMethod[];

  constructor(scope: Omit<PyScope, 'method'>, warn: Warn) {
    this.#scope = scope;
    this.#warn = warn;
    this.#methods = [...scope.owner.methods.values()];
  }

  read(): Pick<CrewPy, 'agents' | 'tasks' | 'crew'> {
    this.#warnOfOthers();
    const crew = this.#fieldsOfCrew();
    return {
      agents: [...this.#made('agents', crew.get('agents')), ...this.#manager(crew.get('manager_agent'))],
      tasks: this.#made('tasks', crew.get('tasks')),
      crew: new Map([...crew].filter(([field]) => field !== 'agents' && field !== 'tasks')),
    };
  }

  #warnOfOthers(): void {
    for (const { name, decorators } of this.#methods) {
      const other = decorators.find((each) => !MADE_BY_PARTS.has(each) && !PLAIN.has(each));
      if (other)
        this.#warn(`crew.${name}`, `What @${short(other)} marks is Python, which is never run here.`);
    }
  }

  #fieldsOfCrew(): ReadonlyMap<string, unknown> {
    const method = this.#methods.find(({ decorators }) => decorators.includes('crew'));
    const call = method && this.#callOf(method);
    if (!method || !call) return new Map();
    return this.#fields(call, method, 'crew');
  }

  /** All in the order of their methods, or those that `Crew(...)` lists in its order. */
  #made(kind: 'agents' | 'tasks', listed: unknown): Made[] {
    const decorator = kind === 'agents' ? 'agent' : 'task';
    const all = this.#methods.filter(({ decorators }) => decorators.includes(decorator));
    if (!Array.isArray(listed)) {
      if (listed instanceof Code && listed.source !== `self.${kind}`)
        this.#warn(`crew.${kind}`, `${codeSentence(listed)}; all ${kind} were taken.`);
      return all.map((method) => this.#madeBy(method, kind));
    }
    const byName = new Map(all.map((method) => [method.name, method]));
    const chosen = new Set(listed.flatMap((name) => byName.get(name) ?? []));
    if (chosen.size < listed.length)
      this.#warn(`crew.${kind}`, `What no method with @${decorator} makes was left out of this list.`);
    for (const method of all.filter((each) => !chosen.has(each))) {
      this.#warn(
        `${kind}.${method.name}`,
        `The crew does not list it among its ${kind}, so it was left out.`,
      );
    }
    return [...chosen].map((method) => this.#madeBy(method, kind));
  }

  /** CrewAI wants a manager outside of the list of agents, so its method has no decorator. */
  #manager(name: unknown): Made[] {
    const method = this.#methods.find((each) => each.name === name);
    return method && !method.decorators.includes('agent') ? [this.#madeBy(method, 'agents')] : [];
  }

  #madeBy(method: PyMethod, kind: 'agents' | 'tasks'): Made {
    const key = `${kind}.${method.name}`;
    const call = this.#callOf(method);
    if (!call) {
      this.#warn(key, 'How this method makes it could not be read; only the YAML was.');
      return { method: method.name, config: method.name, fields: new Map() };
    }
    const type = lastName(call) ?? '';
    if (type !== 'Agent' && type !== 'Task') {
      this.#warn(`${key}.type`, `“${short(type)}” counts as a plain ${kind.slice(0, -1)} here.`);
    }
    const { config, fields } = this.#configured(call, method, key);
    return { method: method.name, config, fields };
  }

  #configured(call: PyCall, method: PyMethod, key: string) {
    const given = call.keywords.get('config') ?? call.spread[0];
    const fields = new Map(this.#fields(call, method, key));
    fields.delete('config');
    const config = given && configKey(given);
    if (given && config === undefined)
      this.#warn(`${key}.config`, 'Which entry of the YAML this is could not be read.');
    return { config: given ? (config ?? method.name) : undefined, fields };
  }

  /** The call that makes what a method gives back. */
  #callOf(method: PyMethod): PyCall | undefined {
    const scope = { ...this.#scope, method };
    const calls = method.returns
      .map((value) => resolveNames(value, scope).value)
      .filter((value) => value.kind === 'call');
    if (calls.length > 1) {
      this.#warn(`crew.${method.name}`, 'This method may give back one of several; the first was read.');
    }
    return calls.find((call) => memberOf(call) === undefined);
  }

  #fields(call: PyCall, method: PyMethod, key: string): ReadonlyMap<string, unknown> {
    const scope = { ...this.#scope, method };
    const fields = [...call.keywords].map(
      ([field, value]) => [field, fieldValue(field, value, scope)] as const,
    );
    if (call.positional.length > 0) this.#warn(key, 'What is given without a name (“name=”) was not read.');
    return new Map(fields);
  }
}

/** The x of `self.agents_config['x']`, or of `.get('x')`. */
function configKey(value: PyValue): string | undefined {
  const [of, key] =
    value.kind === 'item'
      ? [value.of, value.key]
      : value.kind === 'call' && value.callee.kind === 'attribute'
        ? [value.callee.of, value.positional[0]]
        : [];
  const isConfig = of?.kind === 'attribute' && /_config$/.test(of.name);
  return isConfig && key?.kind === 'text' ? key.text : undefined;
}
