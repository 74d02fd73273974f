import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

export type ForkRequest = inferRouterInputs<AppRouter>['simulations']['fork'];

/** What is to be otherwise in a fork. Only what differs from the simulation stands in it. */
export interface ForkDraft {
  readonly agents: Readonly<Record<string, Partial<AgentData>>>;
  readonly tasks: Readonly<Record<string, Partial<TaskData>>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** By path of a step: what it says instead. */
  readonly answers: Readonly<Record<string, string>>;
  /** The step from which one forks; null at a moment between steps. */
  readonly path: string | null;
  /** That step runs anew although nothing about it has changed. */
  readonly isAnew: boolean;
  readonly sideEffects: 'simulate' | 'skip' | 'send';
}

export const emptyDraft: ForkDraft = {
  agents: {},
  tasks: {},
  inputs: {},
  answers: {},
  path: null,
  isAnew: false,
  sideEffects: 'simulate',
};

type Fields = Readonly<Record<string, unknown>>;

/** A field as it is to be; back at what it was, it is no change. */
function withField<T extends Fields>(
  changes: Readonly<Record<string, Partial<T>>>,
  { id, field, value, before }: { id: string; field: keyof T & string; value: unknown; before: unknown },
): Readonly<Record<string, Partial<T>>> {
  const { [field]: _, ...others } = (changes[id] ?? {}) as Fields;
  const fields = value === before ? others : { ...others, [field]: value };
  const { [id]: __, ...rest } = changes;
  return Object.keys(fields).length === 0 ? rest : { ...rest, [id]: fields as Partial<T> };
}

export function withAgent(
  draft: ForkDraft,
  graph: CrewGraph,
  change: { readonly id: string; readonly field: keyof AgentData; readonly value: unknown },
): ForkDraft {
  const node = graph.nodes.find(({ id }) => id === change.id);
  const before = node?.kind === 'agent' ? node.data[change.field] : undefined;
  return { ...draft, agents: withField<AgentData>(draft.agents, { ...change, before }) };
}

export function withTask(
  draft: ForkDraft,
  graph: CrewGraph,
  change: { readonly id: string; readonly field: keyof TaskData; readonly value: unknown },
): ForkDraft {
  const node = graph.nodes.find(({ id }) => id === change.id);
  const before = node?.kind === 'task' ? node.data[change.field] : undefined;
  return { ...draft, tasks: withField<TaskData>(draft.tasks, { ...change, before }) };
}

/** A text by its name; the same as before, or none, is no change. */
export function withText(
  texts: Readonly<Record<string, string>>,
  { name, text, before }: { readonly name: string; readonly text: string; readonly before: string },
): Readonly<Record<string, string>> {
  const { [name]: _, ...rest } = texts;
  return text === before || text === '' ? rest : { ...rest, [name]: text };
}

export const isEdited = ({ agents, tasks, inputs, answers }: ForkDraft): boolean =>
  [agents, tasks, inputs, answers].some((changes) => Object.keys(changes).length > 0);

interface RequestOptions {
  readonly id: string;
  readonly draft: ForkDraft;
  /** The moment that is looked at; null at the end. */
  readonly atSeq: number | null;
}

/** What the api is asked. The moment is told with edits too: it is what people are shown as the place of the fork. */
export function forkRequest({ id, draft, atSeq }: RequestOptions): ForkRequest {
  const { agents, tasks, inputs, answers, path, isAnew, sideEffects } = draft;
  const isFromStep = path !== null && isAnew && !isEdited(draft);
  const moment = isFromStep ? { fromPath: path } : atSeq === null ? {} : { atSeq };
  return {
    id,
    ...moment,
    sideEffects,
    ...(any(agents) || any(tasks) ? { edits: { agents, tasks } } : {}),
    ...(any(inputs) ? { inputs } : {}),
    ...(any(answers) ? { answers } : {}),
    ...(isAnew && path !== null && !isFromStep && !(path in answers) ? { rerun: [path] } : {}),
  };
}

const any = (changes: object): boolean => Object.keys(changes).length > 0;

/** One change, as it is listed and taken back. */
export interface Change {
  readonly key: string;
  readonly words: string;
  readonly undo: (draft: ForkDraft) => ForkDraft;
}

const FIELDS: Readonly<Record<string, string>> = {
  expectedOutput: 'expected answer',
  maxTokens: 'longest answer',
};

/** What is different so far, in words: `Buyer’s goal`, `input town`. */
export function changesOf(draft: ForkDraft, graph: CrewGraph): Change[] {
  const nameOf = (id: string) => {
    const node = graph.nodes.find((one) => one.id === id);
    return node && node.kind !== 'note' ? node.data.name : id;
  };
  const inNodes = (kind: 'agents' | 'tasks') =>
    Object.entries(draft[kind]).flatMap(([id, fields]) =>
      Object.keys(fields).map(
        (field): Change => ({
          key: `${kind} ${id} ${field}`,
          words: `${nameOf(id)}’s ${FIELDS[field] ?? field}`,
          undo: (from) => ({ ...from, [kind]: withoutField(from[kind], id, field) }),
        }),
      ),
    );
  const inTexts = (kind: 'inputs' | 'answers', wordsOf: (name: string) => string) =>
    Object.keys(draft[kind]).map(
      (name): Change => ({
        key: `${kind} ${name}`,
        words: wordsOf(name),
        undo: (from) => ({ ...from, [kind]: without(from[kind], name) }),
      }),
    );
  return [
    ...inNodes('agents'),
    ...inNodes('tasks'),
    ...inTexts('inputs', (name) => `input ${name}`),
    ...inTexts('answers', (path) => `${nameOf(path.split('/')[1] ?? '')}’s answer`),
  ];
}

function without<T>(changes: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  const { [name]: _, ...rest } = changes;
  return rest;
}

function withoutField(
  changes: Readonly<Record<string, Fields>>,
  id: string,
  field: string,
): Readonly<Record<string, Fields>> {
  const fields = without(changes[id] ?? {}, field);
  return Object.keys(fields).length === 0 ? without(changes, id) : { ...changes, [id]: fields };
}
