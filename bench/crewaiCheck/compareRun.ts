import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Plan, PlanTask } from '#workflows/graph/planSchema.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import type { CallRecord } from '../modelServer/modelServer.ts';

/** What CrewAI puts between the answers that make up a context, and so do we. */
const DIVIDER = '\n\n----------\n\n';

export interface Run {
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, string>>;
  readonly calls: readonly CallRecord[];
  /** What each call was answered, in their order; empty for a round of tools. */
  readonly answers: readonly string[];
}

/** In which ways a run under CrewAI was another than our plan says, as sentences. */
export function compareRun(run: Run): string[] {
  const { plan, calls } = run;
  const callsOf = new Map(plan.tasks.map((task) => [task.nodeId, callsFor(task, run)]));
  const expected = plan.tasks.reduce((sum, { tools }) => sum + (tools.length > 0 ? 2 : 1), 0);
  return [
    ...(calls.length === expected ? [] : [`${calls.length} calls instead of ${expected}`]),
    ...plan.tasks.flatMap((task) => [...orderFaults(task, callsOf), ...contextFaults(task, run, callsOf)]),
  ];
}

type CallsOf = ReadonlyMap<string, readonly CallRecord[]>;

function callsFor({ description }: PlanTask, { inputs, calls }: Run): CallRecord[] {
  const words = fillPlaceholders(description, new Map(Object.entries(inputs)));
  return calls.filter(({ prompt }) => prompt.includes(words));
}

function orderFaults({ nodeId, waitsFor }: PlanTask, callsOf: CallsOf): string[] {
  const start = callsOf.get(nodeId)?.[0]?.at;
  if (start === undefined) return [`${nodeId} made no call`];
  const early = waitsFor.filter((id) =>
    callsOf.get(id)?.some(({ endedAt }) => endedAt === null || endedAt > start),
  );
  return early.map((id) => `${nodeId} did not wait for ${id}`);
}

function contextFaults(task: PlanTask, { plan, answers }: Run, callsOf: CallsOf): string[] {
  const [call] = callsOf.get(task.nodeId) ?? [];
  const answerOf = (id: string) => answers[(callsOf.get(id)?.at(-1)?.n ?? 0) - 1] ?? '';
  const read = contextTasks(plan, task);
  const context = read.map(answerOf).join(DIVIDER);
  const others = plan.tasks.map(({ nodeId }) => nodeId).filter((id) => !read.includes(id));
  const leaked = others.filter((id) => answerOf(id) !== '' && call?.prompt.includes(answerOf(id)));
  return [
    ...(call?.prompt.includes(context)
      ? []
      : [`${task.nodeId} did not read ${read.join(', ')} in this order`]),
    ...leaked.map((id) => `${task.nodeId} read ${id}, which it should not`),
  ];
}

/** How many calls were in flight at once, at most. */
export const mostAtOnce = (calls: readonly CallRecord[]): number =>
  calls.reduce((most, { at }) => {
    const inFlight = calls.filter((other) => other.at <= at && (other.endedAt ?? Infinity) > at);
    return Math.max(most, inFlight.length);
  }, 0);
