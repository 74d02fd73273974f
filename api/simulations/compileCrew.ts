import { type CompileOptions, compileGraph } from '#workflows/graph/compile.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { hasErrors } from '#workflows/graph/validate.ts';
import { TRIGGER_PAYLOAD } from '#workflows/prompts/taskPrompt.ts';
import { problemsOf } from '../crews/problemsOf.ts';
import { AppError } from '../errors.ts';

/** The plan of a graph, or a refusal with everything that is wrong with it. */
export function compileCrew(graph: CrewGraph, { defaultModel, tools }: CompileOptions): Plan {
  const problems = problemsOf(graph, tools);
  if (hasErrors(problems)) {
    throw new AppError('crew.problems', 'The crew has problems that must be solved first.', { problems });
  }
  return compileGraph(graph, { defaultModel, tools });
}

/** Refuses values that no text of the crew names, but for what may have started it from outside. */
export function checkKnown(names: readonly string[], given: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && name !== TRIGGER_PAYLOAD);
  if (unknown.length === 0) return;
  throw new AppError('request.invalid', 'The crew does not ask for some of these inputs.', {
    problems: unknown.map((name) => ({ path: `inputs.${name}`, message: 'No text of the crew names it.' })),
  });
}

/** Refuses to start without a value for everything that the crew asks for. */
export function checkComplete(names: readonly string[], given: Readonly<Record<string, string>>): void {
  const missing = names.filter((name) => !Object.hasOwn(given, name));
  if (missing.length === 0) return;
  throw new AppError('simulation.missingInputs', `The crew needs a value for: ${missing.join(', ')}.`, {
    inputs: missing,
  });
}
