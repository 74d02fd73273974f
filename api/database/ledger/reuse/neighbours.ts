import type { Plan, PlanTask } from '#workflows/graph/planSchema.ts';

/** Tasks that wait for a task or read it, directly or through others, by node id in order of the plan. */
export function tasksAfter({ tasks }: Plan, nodeId: string): string[] {
  const after = new Set([nodeId]);
  // "All earlier ones" are then one comparison, however many they are.
  const earliest = tasks.findIndex((task) => task.nodeId === nodeId);
  if (earliest < 0) return [];
  const follows = ({ waitsFor, context }: PlanTask) =>
    waitsFor.some((id) => after.has(id)) ||
    ('first' in context ? context.first > earliest : context.tasks.some((id) => after.has(id)));
  for (const task of tasks) if (follows(task)) after.add(task.nodeId);
  after.delete(nodeId);
  return [...after];
}

/** A plan with nothing but one task and those it needs. */
export function cutPlan(plan: Plan, nodeId: string): Plan {
  const needed = new Set([nodeId]);
  let leading = 0;
  for (const [place, task] of [...plan.tasks.entries()].reverse()) {
    if (!needed.has(task.nodeId) && place >= leading) continue;
    for (const id of task.waitsFor) needed.add(id);
    if ('first' in task.context) leading = Math.max(leading, task.context.first);
    else for (const id of task.context.tasks) needed.add(id);
  }
  const tasks = plan.tasks.filter((task, place) => place < leading || needed.has(task.nodeId));
  const agents = new Set(tasks.map((task) => task.agentId));
  return { ...plan, tasks, agents: plan.agents.filter((agent) => agents.has(agent.nodeId)) };
}
