import { evaluateRule, placeholdersOf } from '#workflows/graph/evaluateRule.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE } from '#workflows/names.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import { whatIsRead } from '../../../database/ledger/requests/decisionReads.ts';
import type { CrewWalk, WalkPlace } from './CrewWalk.ts';
import { type End, unknown } from './Ends.ts';
import { innerPath } from './innerPath.ts';
import { walkCourse } from './walkCourse.ts';

/** A task where it is done: skipped by its condition, or as far as the parent's steps reach. */
export async function walkInnerTask(crew: CrewWalk, task: PlanTask, place: WalkPlace): Promise<End> {
  const { plan, fork } = crew;
  const { scope, values } = place;
  if (task.condition) {
    const read = whatIsRead({ plan, node: task, decision: { kind: 'condition' } });
    const looked = await crew.ruleValues(place, read);
    if (!looked) return crew.unknown(task, place, false);
    if (!evaluateRule(task.condition, looked)) return { kind: 'skipped', reason: 'condition' };
  }
  const agent = plan.agents.find(({ nodeId }) => nodeId === task.agentId);
  if (!agent) throw new Error(`The plan has no agent ${task.agentId}`);
  const planned = await crew.planner.planFor(task, values);
  const { answers, leftOut, isKnown } = crew.read(scope, contextTasks(plan, task));
  const { parent, clock, edits, texts, state } = fork;
  const walk = {
    plan,
    task,
    agent,
    inputs: placeholdersOf(values.known),
    clock,
    parent,
    edits,
    answers,
    contents: texts.contents,
    isKnown: isKnown && planned !== null,
    leftOut,
    ...(scope !== ROOT_SCOPE && { scope }),
    ...(planned?.text !== undefined && { crewPlan: planned.text }),
  };
  const { taken, missing, end } = await walkCourse({ walk, texts, state });
  for (const step of taken) crew.take(step);
  for (const path of missing) crew.anew(path, task.nodeId, values);
  if (end) return end;
  crew.anewUnder(innerPath(place, task, ''), values, new Set([...taken.map(({ path }) => path), ...missing]));
  state.writeAnew(plan, task);
  return unknown(false);
}
