import type { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import { SOLO, soloGraph, undeclaredInputs } from '#workflows/graph/soloGraph.ts';
import { hasErrors } from '#workflows/graph/validate.ts';
import { problemsOf } from '../crews/problemsOf.ts';
import { AppError } from '../errors.ts';

/** Everything wrong with an agent by itself: what a crew would say of it, and placeholders that nobody declared. */
export function problemsOfAgent(agent: LibraryAgent, declared: readonly string[]): GraphProblem[] {
  const own = problemsOf(soloGraph(agent)).filter(({ nodeId }) => nodeId === SOLO.agent);
  return [...own.map((problem) => ({ ...problem, nodeId: null })), ...undeclaredInputs(agent, declared)];
}

/** Drafts may be saved with problems, as crews may; whoever wants to use one is told all of them. */
export function refuseProblems(problems: readonly GraphProblem[]): void {
  if (!hasErrors(problems)) return;
  throw new AppError('agent.problems', 'The agent has problems that must be solved first.', { problems });
}
