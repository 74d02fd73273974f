import type { Course, Turns } from './Course.ts';
import { converse, type Given } from './converse.ts';
import type { PlannedStep } from './prompts/asks.ts';
import { together } from './together.ts';

/** Until a plan is ready, unless fewer are said. */
const MOST_PLANS = 10;
/** Rounds of tools in one step of a plan (CrewAI max_step_iterations). */
const MOST_ROUNDS = 15;

interface AgentPlan {
  readonly at: string;
  readonly steps: readonly PlannedStep[];
}

/**
 * A task by an agent that plans before it begins (CrewAI planning_config): its steps are done when those that they need
 * are, side by side where they can be; with more effort each is looked at and what is left may be planned anew; at last
 * the agent puts together what they brought. Without a plan that can be read it works as it would have.
 */
export function* workByPlan(course: Course): Turns<Given> {
  let plan = yield* makePlan(course, null, []);
  if (plan.steps.length === 0) return yield* converse(course, {});
  const results: string[] = [];
  for (let left = plan.steps, done = new Map<number, string>(); left.length > 0; ) {
    const batch = readySteps(left);
    const ended = yield* together(batch.map((step) => doStep(course, plan.at, step, done)));
    for (const [index, given] of ended.entries()) {
      if (!given) continue;
      done.set(batch[index]?.step ?? 0, given.at);
      results.push(given.at);
    }
    left = left.filter((step) => !batch.includes(step));
    const verdict = yield* observe(course, plan.at, batch, ended);
    if (verdict === 'reached') break;
    if (verdict === 'goOn' || course.count('replans') > (course.task.how?.planning?.maxReplans ?? 0))
      continue;
    plan = yield* makePlan(course, plan.at, results);
    [left, done] = [plan.steps, new Map()];
  }
  return yield* converse(course, { opening: { kind: 'results', plan: plan.at, results } });
}

function* makePlan(course: Course, first: string | null, results: readonly string[]): Turns<AgentPlan> {
  const most = course.task.how?.planning?.maxAttempts ?? MOST_PLANS;
  let before = first;
  for (let attempt = 1; ; attempt += 1) {
    const at = course.next('plan');
    const [outcome] = yield [course.ask(at, { kind: 'plan', before, results })];
    const steps = outcome?.kind === 'planned' ? outcome.steps : [];
    if (outcome?.kind !== 'planned' || outcome.isReady || attempt >= most) return { at, steps };
    before = at;
  }
}

/** Those that wait for none that is left. Steps that wait for each other are done one by one. */
function readySteps(left: readonly PlannedStep[]): readonly PlannedStep[] {
  const open = new Set(left.map(({ step }) => step));
  const ready = left.filter(({ step, needs }) => needs.every((need) => need === step || !open.has(need)));
  return ready.length > 0 ? ready : left.slice(0, 1);
}

const doStep = (
  course: Course,
  plan: string,
  { step, needs }: PlannedStep,
  done: ReadonlyMap<number, string>,
): Turns<Given> =>
  converse(course, {
    opening: { kind: 'step', plan, step, results: needs.flatMap((need) => done.get(need) ?? []) },
    rounds: Math.min(course.task.maxIterations, MOST_ROUNDS),
  });

function* observe(
  course: Course,
  plan: string,
  batch: readonly PlannedStep[],
  ended: readonly (Given | undefined)[],
): Turns<'goOn' | 'replan' | 'reached'> {
  const effort = course.task.how?.planning?.effort ?? 'low';
  if (effort === 'low') return 'goOn';
  const outcomes = yield batch.map(({ step }, index) =>
    course.ask(course.next('observe'), { kind: 'observe', plan, step, of: ended[index]?.at ?? plan }),
  );
  const says = (verdict: string) =>
    outcomes.some((each) => each.kind === 'observed' && each.verdict === verdict);
  if (says('replan')) return 'replan';
  return effort === 'high' && says('reached') ? 'reached' : 'goOn';
}
