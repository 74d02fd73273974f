import { compileGraph } from '#workflows/graph/compile.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { hasErrors } from '#workflows/graph/validate.ts';
import type { MemberContext } from '../context.ts';
import { problemsOf } from '../crews/problemsOf.ts';
import type { Crew } from '../database/models/Crew.ts';
import { AppError } from '../errors.ts';
import { acceptStart, findAccepted } from './acceptStart.ts';
import type { StartSimulation, StartView } from './schema.ts';
import { tryStartInEngine } from './startInEngine.ts';

/**
 * Freezes the saved draft and starts it. Once accepted it will run: an engine that does not answer now is asked
 * again by the sweeper. The same key gives the same answer, word by word.
 */
export async function startSimulation(
  context: MemberContext,
  crew: Crew,
  start: StartSimulation,
): Promise<StartView> {
  const earlier = await findAccepted(context, start);
  if (earlier !== null) return { id: earlier, status: 'queued' };

  const plan = compileDraft(crew, context.defaultModel);
  checkInputs(plan.inputs, start.inputs);
  const { id, isNew } = await acceptStart(context, { crew, plan, start });
  if (isNew) await tryStartInEngine(context, { workspaceId: crew.workspaceId, id });
  return { id, status: 'queued' };
}

function compileDraft(crew: Crew, defaultModel: string): Plan {
  const graph = CrewGraph.parse(crew.graph);
  const problems = problemsOf(graph);
  if (hasErrors(problems)) {
    throw new AppError('crew.problems', 'The crew has problems that must be solved first.', { problems });
  }
  return compileGraph(graph, { defaultModel });
}

function checkInputs(names: readonly string[], given: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new AppError('request.invalid', 'The crew does not ask for some of these inputs.', {
      problems: unknown.map((name) => ({ path: `inputs.${name}`, message: 'No text of the crew names it.' })),
    });
  }
  const missing = names.filter((name) => !Object.hasOwn(given, name));
  if (missing.length > 0) {
    throw new AppError('simulation.missingInputs', `The crew needs a value for: ${missing.join(', ')}.`, {
      inputs: missing,
    });
  }
}
