import { fillPlaceholders } from '../graph/inputs.ts';
import type { Plan } from '../graph/planSchema.ts';
import type { PromptMessage } from './taskPrompt.ts';

/** What a crew's planner answers with, as in CrewAI. */
export const CREW_PLAN_SCHEMA = {
  type: 'object',
  properties: {
    list_of_plans_per_task: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          task_number: { type: 'integer' },
          task: { type: 'string' },
          plan: { type: 'string' },
        },
        required: ['task_number', 'task', 'plan'],
        additionalProperties: false,
      },
    },
  },
  required: ['list_of_plans_per_task'],
  additionalProperties: false,
} as const;

/** A planner plans all tasks of a crew before the first. */
export function crewPlanPrompt(plan: Plan, inputs: ReadonlyMap<string, string>): readonly PromptMessage[] {
  const fill = (text: string) => fillPlaceholders(text, inputs);
  const agents = new Map(plan.agents.map((agent) => [agent.nodeId, agent]));
  const tasks = plan.tasks.map((task, index) => {
    const agent = agents.get(task.agentId);
    return [
      `Task ${index + 1}: ${fill(task.description)}`,
      `Expected: ${fill(task.expectedOutput)}`,
      `Done by: ${fill(agent?.role ?? '')}, whose goal is: ${fill(agent?.goal ?? '')}`,
      `Tools: ${task.tools.join(', ') || 'none'}`,
    ].join('\n');
  });
  return [
    {
      role: 'system',
      parts: [
        {
          text:
            'You are a Task Execution Planner. You plan, step by step, how each task of a crew is best done with the tools ' +
            'and the knowledge of whoever does it, so that its answer is what is expected and the next task can build on it.',
        },
      ],
    },
    {
      role: 'user',
      parts: [
        {
          text:
            `Plan each of these tasks:\n\n${tasks.join('\n\n')}\n\nAnswer with one JSON object and nothing else: ` +
            '{"list_of_plans_per_task": [{"task_number": 1, "task": "its name", "plan": "how to do it, step by step"}]}.',
        },
      ],
    },
  ];
}

/** What a planner wrote for a task, by its number; the first counts, and a task that is missing has none. */
export function planForTask(crewPlan: unknown, number: number): string | undefined {
  const plans: unknown = Object(crewPlan).list_of_plans_per_task;
  const found = Array.isArray(plans) ? plans.find((each) => Object(each).task_number === number) : undefined;
  const text: unknown = Object(found).plan;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
