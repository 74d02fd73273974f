import { lastName, memberOf, type PyValue } from '../python/PyValue.ts';
import { AnswerModel, Code, ToolUse } from './entries.ts';
import {
  affords,
  type Found,
  type PyScope,
  plain,
  readsEnvironment,
  resolve,
  resolveNames,
  show,
} from './pyScope.ts';

type FieldReader = (value: PyValue, scope: PyScope) => unknown;

/** What a keyword argument says, in the words that YAML has for the same field. */
export const fieldValue = (field: string, value: PyValue, scope: PyScope): unknown =>
  (FIELDS.get(field) ?? plain)(value, scope);

const FIELDS = new Map<string, FieldReader>([
  ['agent', memberName],
  ['agents', members],
  ['tasks', members],
  ['context', members],
  ['tools', toolNames],
  ['skills', skillPaths],
  ['llm', model],
  ['manager_llm', model],
  ['planning_llm', model],
  ['manager_agent', memberName],
  ['planning_config', keywordsOf],
  ['knowledge_config', keywordsOf],
  ['output_json', modelOfAnswer],
  ['output_pydantic', modelOfAnswer],
  ['response_model', modelOfAnswer],
  ['process', (value, scope) => (value.kind === 'attribute' ? value.name : plain(value, scope))],
]);

/** Agents and tasks are named by the methods that make them. */
function memberName(value: PyValue, scope: PyScope): unknown {
  const found = resolveNames(value, scope);
  return memberOf(found.value) ?? plain(value, scope);
}

/** `self.tasks` stays code: it means all of them. */
function members(value: PyValue, scope: PyScope): unknown {
  const found = resolveNames(value, scope);
  return listOf(found, value, memberName);
}

function toolNames(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope);
  return listOf(found, value, toolName);
}

function listOf({ value, scope }: Found, written: PyValue, read: FieldReader): unknown {
  if (value.kind === 'none') return null;
  if (value.kind !== 'list' || !affords(scope, value.items.length)) return new Code(show(written));
  return value.items.map((item) => read(item, scope));
}

/** Paths of folders, and texts of skills: one, or a list of them. */
function skillPaths(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope);
  if (found.value.kind !== 'list') return skillPath(value, scope);
  return listOf(found, value, skillPath);
}

function skillPath(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope).value;
  const path = pathIn(found);
  return path === undefined ? plain(value, scope) : path;
}

/** What people write around the path of a folder beside their file: the parts that are texts. */
function pathIn(value: PyValue): string | undefined {
  if (
    value.kind === 'call' &&
    ['Path', 'str', 'join', 'resolve', 'as_posix'].includes(lastName(value) ?? '')
  ) {
    const within = value.callee.kind === 'attribute' ? pathIn(value.callee.of) : undefined;
    const parts = value.positional.map((part) => (part.kind === 'text' ? part.text : pathIn(part)));
    return [within, ...parts].filter((part) => part !== undefined && part !== '').join('/') || undefined;
  }
  if (value.kind !== 'other' || !BESIDE.test(value.source)) return undefined;
  return [...value.source.matchAll(TEXT_PART)].map(([, part]) => part).join('/') || undefined;
}

// `Path(__file__).parent / "skills"`, or the name of something that was made so.
const BESIDE = /^[\w.()[\]]*(?:\s*\/\s*(?:"[^"\\]*"|'[^'\\]*'))+$/;
const TEXT_PART = /\/\s*["']([^"'\\]*)["']/g;

/** A tool is known by its class or function; what a method is called says less than what it makes. */
function toolName(value: PyValue, scope: PyScope): unknown {
  if (value.kind === 'text') return value.text;
  const made = resolve(value, scope);
  const name = lastName(made.value) ?? lastName(value);
  if (name === undefined) return new Code(show(value));
  const told = made.value.kind === 'call' ? toldTool(made.value.keywords, made.scope) : new Map();
  return told.size > 0 ? new ToolUse(name, told) : name;
}

const toldTool = (keywords: ReadonlyMap<string, PyValue>, scope: PyScope): ReadonlyMap<string, unknown> =>
  new Map(
    ['result_as_answer', 'max_usage_count'].flatMap((field) => {
      const given = keywords.get(field);
      return given ? [[field, plain(given, scope)] as const] : [];
    }),
  );

/** What a class says that an answer looks like. */
function modelOfAnswer(value: PyValue, scope: PyScope): unknown {
  const named = resolveNames(value, scope).value;
  const name = named.kind === 'name' || named.kind === 'attribute' ? named.name : undefined;
  const read = name === undefined ? undefined : scope.models.read(name, scope.file);
  return name !== undefined && read ? new AnswerModel(name, read) : plain(value, scope);
}

/** A map of what a constructor was given by name. */
function keywordsOf(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope);
  if (found.value.kind !== 'call' || !/Config$/.test(lastName(found.value) ?? '')) return plain(value, scope);
  return new Map([...found.value.keywords].map(([field, item]) => [field, plain(item, found.scope)]));
}

/** A name, or a map with `model` and what else a constructor was given. */
function model(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope);
  if (readsEnvironment(found.value)) return '';
  if (found.value.kind !== 'call') return plain(value, scope);
  const { keywords, positional } = found.value;
  const given = new Map(
    [...keywords].map(([field, item]) => [field === 'model_name' ? 'model' : field, item]),
  );
  const [first] = positional;
  if (first && !given.has('model')) given.set('model', first);
  if (!given.has('model')) return new Code(show(value));
  return new Map([...given].map(([field, item]) => [field, modelField(item, found.scope)]));
}

function modelField(value: PyValue, scope: PyScope): unknown {
  return readsEnvironment(resolve(value, scope).value) ? '' : plain(value, scope);
}
