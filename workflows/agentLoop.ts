import type { Closing, FinishedTask, StepOutcome, ToolCallRef } from './activities.ts';
import { inScope, thinkPath, toolPath } from './names.ts';
import type { ControlTask } from './plan.ts';
import type { StepRunner } from './stepRunner.ts';

export interface RunTask {
  readonly steps: StepRunner;
  readonly task: ControlTask;
  /** Where it is done. */
  readonly scope: string;
  /** Whether an answer at that path ends the simulation. */
  readonly closingWith: (path: string) => Closing | null;
}

/**
 * One task by its agent: think, use the tools that were asked for, think again, until there is an answer. Each
 * turn of the loop is a step of its own, so a crash costs the call in flight and nothing before it. After
 * `maxIterations` rounds of tools a final answer is asked for without offering any (CrewAI max_iter).
 */
export async function runTask({ steps, task, scope, closingWith }: RunTask): Promise<FinishedTask> {
  const { nodeId } = task;
  let previousPath: string | null = null;
  let toolPaths: readonly string[] = [];
  for (let iteration = 1; ; iteration += 1) {
    const path = thinkPath(nodeId, iteration, scope);
    const summary = iteration === 1 ? task.name : `${task.name} (${iteration})`;
    const isForced = iteration > task.maxIterations;
    const outcome: StepOutcome = await steps.think(
      { path, nodeId, ...inScope(scope), summary },
      { previousPath, toolPaths, isForced, closing: closingWith(path) },
    );
    if (outcome.kind === 'answer') return { path, isEmpty: outcome.isEmpty };
    if (outcome.kind !== 'tools') throw new Error(`A model step cannot end as ${outcome.kind}`);
    toolPaths = await useTools({ steps, task, scope, askedBy: path, calls: outcome.calls });
    previousPath = path;
  }
}

interface UseTools {
  readonly steps: StepRunner;
  readonly task: ControlTask;
  readonly scope: string;
  readonly askedBy: string;
  readonly calls: readonly ToolCallRef[];
}

/** The calls of one answer run side by side; their results go back in the order they were asked for. */
async function useTools({ steps, task, scope, askedBy, calls }: UseTools): Promise<readonly string[]> {
  const paths = calls.map(({ index }) => toolPath(askedBy, index));
  const runs = calls.map(({ index, tool }) =>
    steps.useTool(
      {
        path: toolPath(askedBy, index),
        nodeId: task.nodeId,
        ...inScope(scope),
        summary: `${task.name}: ${tool}`,
      },
      { askedBy, index },
    ),
  );
  // All of them end, whatever one of them does: nothing may be left in flight behind a failure.
  const ended = await Promise.allSettled(runs);
  for (const run of ended) if (run.status === 'rejected') throw run.reason;
  return paths;
}
