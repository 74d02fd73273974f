import type { StepOutcome } from '#workflows/activities.ts';
import type { PlannedStep, Verdict } from '#workflows/prompts/asks.ts';
import { readJson } from '#workflows/prompts/readJson.ts';

interface ReadPlan {
  readonly text: string;
  readonly said?: string;
  readonly outcome: StepOutcome;
}

/** A plan as the agent wrote it. One that cannot be read has no steps: the agent then works without it, as in CrewAI. */
export function readPlan(said: string, maxSteps: number): ReadPlan {
  const plan = Object(readJson(said));
  const steps = stepsIn(plan.steps).slice(0, maxSteps);
  const text = steps.length > 0 ? JSON.stringify(plan, null, 2) : said;
  return {
    text,
    ...(text !== said && { said }),
    outcome: { kind: 'planned', isReady: plan.ready !== false, steps },
  };
}

/** Each number once. */
function stepsIn(given: unknown): readonly PlannedStep[] {
  const steps = new Map<number, PlannedStep>();
  for (const each of Array.isArray(given) ? given : []) {
    const { step_number: step, depends_on: needs } = Object(each);
    if (Number.isSafeInteger(step) && !steps.has(step)) steps.set(step, { step, needs: numbersIn(needs) });
  }
  return [...steps.values()];
}

const numbersIn = (given: unknown): readonly number[] =>
  Array.isArray(given) ? given.filter((each) => Number.isSafeInteger(each)) : [];

const VERDICTS: readonly Verdict[] = ['goOn', 'replan', 'reached'];

/** What cannot be read lets the work go on: watching over it must not end it. */
export function readObservation(said: string): ReadPlan {
  const { verdict: given, why } = Object(readJson(said));
  const verdict = VERDICTS.find((each) => each === given) ?? 'goOn';
  const text = typeof why === 'string' && why.trim() !== '' ? why : said;
  return { text, ...(text !== said && { said }), outcome: { kind: 'observed', verdict } };
}
