import type { StepOutcome } from './activities.ts';
import { inScope, ROOT_SCOPE, scopesAround, stepPath } from './names.ts';

/** Where the plan of a crew is that plans all tasks before the first: a step of its first task. */
export function crewPlanPath(scope: string | undefined, firstTask: string): string {
  const crew = scopesAround(scope ?? ROOT_SCOPE).at(-1)?.scope ?? ROOT_SCOPE;
  return stepPath(crew, firstTask, 'crewPlan.1');
}

interface Steps {
  think(
    place: {
      readonly path: string;
      readonly nodeId: string;
      readonly scope?: string;
    },
    what: {
      readonly previousPath: null;
      readonly toolPaths: readonly [];
      readonly isForced: false;
      readonly ask: { readonly kind: 'crewPlan' };
      readonly closing: null;
    },
  ): Promise<StepOutcome>;
}

const plans = new WeakMap<Steps, Map<string, Promise<StepOutcome>>>();

/** Plans all tasks of the crew that stands in this scope, once for all who ask. */
export function planCrew(steps: Steps, scope: string, firstTask: string): Promise<StepOutcome> {
  const path = crewPlanPath(scope, firstTask);
  const known = plans.get(steps) ?? new Map<string, Promise<StepOutcome>>();
  plans.set(steps, known);
  const crew = scopesAround(scope).at(-1)?.scope ?? scope;
  const place = { path, nodeId: firstTask, ...inScope(crew) };
  const ask = { kind: 'crewPlan' } as const;
  const planning =
    known.get(path) ??
    steps.think(place, { previousPath: null, toolPaths: [], isForced: false, ask, closing: null });
  known.set(path, planning);
  return planning;
}
