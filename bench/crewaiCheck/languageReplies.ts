import type { CallRecord, Reply } from '../modelServer/modelServer.ts';

const JSON_CARD = '{"title": "Cat", "legs": 4}';
const COWORKER = 'Editor';

/** What a request is, told the same of ours and of CrewAI's. */
export interface Seen {
  /** The task that it is about, the judge of one, a repair, a plan, or a coworker at work. */
  readonly what: string;
  /** The tasks whose answers it reads. */
  readonly reads: readonly string[];
  /** The tools that it may call. */
  readonly tools: readonly string[];
}

export const answerOf = (task: string): string => `The cat of ${task}.`;

/** Reads a request and answers it, by what it says alone: whoever asks the same is told the same. */
export function languageReply(call: CallRecord): Reply {
  const { what } = see(call);
  const isNative = call.body.response_format !== undefined;
  const answeredTools = JSON.stringify(call.body.messages).split('"role":"tool"').length - 1;
  const offers = toolNames(call).length > 0;
  if (what === 'plan') return { text: JSON.stringify(planOf(call)) };
  if (what.startsWith('judge')) return { text: JSON.stringify(verdictOn(call)) };
  if (what === 'repair') return { text: JSON_CARD };
  if (what === 'coworker') return { text: 'The cat of the coworker.' };
  if (what === 'delegated' && offers && answeredTools === 0) return { toolCalls: [delegation(call)] };
  if (what === 'skilled' && answeredTools === 0 && toolNames(call).includes(loading.name))
    return { toolCalls: [loading] };
  if (what === 'endless' && offers) return { toolCalls: [calculation] };
  if (what === 'both' && answeredTools === 0)
    return { toolCalls: [calculation, { name: 'current_time', arguments: {} }] };
  if (what === 'one' && (isNative || asksForJson(call))) return { text: JSON_CARD };
  return { text: answerOf(what) };
}

const calculation = { name: 'calculator', arguments: { expression: '17 + 25' } };

const loading = { name: 'load_skill', arguments: { skill_name: 'cite' } };

/** Whose request it is, what it reads, and what it may call. */
export function see(call: CallRecord): Seen {
  const { prompt } = call;
  const tasks = [...new Set([...prompt.matchAll(/Do \[(\w+)\]/g)].map(([, id = '']) => id))];
  const reads = [...new Set([...prompt.matchAll(/The cat of (\w+)\./g)].map(([, id = '']) => id))];
  return { what: kindOf(call, tasks), reads: reads.sort(), tools: toolNames(call).sort() };
}

function kindOf(call: CallRecord, tasks: readonly string[]): string {
  const { prompt } = call;
  const schema = JSON.stringify(call.body.response_format ?? '');
  if (
    schema.includes('list_of_plans') ||
    (/plans? (of|for) (each|all|the) task/i.test(prompt) && tasks.length > 1)
  )
    return 'plan';
  if (schema.includes('"valid"') || prompt.includes('It names an animal')) return 'judge';
  if (prompt.includes('Edit the text')) return 'coworker';
  if (tasks.length === 0) return 'repair';
  return tasks[0] ?? '';
}

function toolNames({ body: { tools } }: CallRecord): string[] {
  const names = Array.isArray(tools) ? tools.map((tool) => String(tool?.function?.name)) : [];
  return names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'));
}

const asksForJson = ({ prompt }: CallRecord) => prompt.includes('"legs"');

function delegation({ body: { tools } }: CallRecord) {
  const names = Array.isArray(tools) ? tools.map((tool) => String(tool?.function?.name)) : [];
  const name = names.find((each) => /delegate/i.test(each)) ?? '';
  return { name, arguments: { task: 'Edit the text', context: 'It is short.', coworker: COWORKER } };
}

/** The first answer of a task that is to be refused is; every other passes. */
function verdictOn({ prompt }: CallRecord) {
  const valid = !prompt.includes('The cat of refused.') || judgedBefore.has('refused');
  judgedBefore.add('refused');
  return { valid, feedback: valid ? null : 'Name another animal.' };
}
const judgedBefore = new Set<string>();
export const forgetJudgements = (): void => judgedBefore.clear();

const planOf = (_: CallRecord) => ({
  list_of_plans_per_task: [1, 2].map((n) => ({ task_number: n, task: `Task ${n}`, plan: `Plan ${n}` })),
  plans: [1, 2].map((n) => ({ task: n, plan: `Plan ${n}` })),
});
