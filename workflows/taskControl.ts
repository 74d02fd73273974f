import type { Plan, PlanAgent, PlanTask } from './graph/planSchema.ts';

/**
 * What of a task's and its agent's attributes changes the course of steps. Short, without texts: it is in every
 * workflow's input. All of it is absent where it is as usual.
 */
export interface TaskControl {
  /** For each guardrail. */
  readonly guardrailRetries?: number;
  /** A retry begins anew, with the answer in place of what the task reads (CrewAI 1.15). */
  readonly retriesAnew?: true;
  readonly planning?: {
    readonly effort: 'low' | 'medium' | 'high';
    readonly maxAttempts: number | null;
    readonly maxReplans: number;
  };
  /** The first task of the crew, in which all are planned before any is done. */
  readonly planned?: string;
  /** A tool that says it failed fails the task. */
  readonly raisesToolFailures?: true;
  /** What one of these tools gives is the answer. */
  readonly answering?: readonly string[];
  /** How often a tool may be used, where that is bounded. */
  readonly mostUses?: Readonly<Record<string, number>>;
  /** The same tool call is made once a simulation. */
  readonly keepsResults?: true;
  /** Longest time, without what people hold it for. */
  readonly seconds?: number;
  /** Somebody is told when it has ended. */
  readonly callsBack?: true;
  /** What is looked up before it, in this order. */
  readonly looksUp?: readonly LookUp[];
  /** What is worth knowing later is kept after it. */
  readonly remembers?: true;
}

/** What its crew remembers; what its knowledge bases say. */
export type LookUp = 'recall' | 'knowledge';

/** Undefined when everything is as usual. */
export function taskControlOf(plan: Plan, task: PlanTask): TaskControl | undefined {
  const agent = plan.agents.find(({ nodeId }) => nodeId === task.agentId);
  const policy = task.toolFailurePolicy ?? agent?.toolFailurePolicy ?? plan.settings?.toolFailurePolicy;
  const { planning } = agent ?? {};
  const control: TaskControl = {
    ...(task.guardrails?.length &&
      task.guardrailMaxRetries !== undefined && { guardrailRetries: task.guardrailMaxRetries }),
    ...(task.guardrails?.length && plan.settings?.compat && { retriesAnew: true }),
    ...(planning && {
      planning: {
        effort: planning.effort,
        maxAttempts: planning.maxAttempts,
        maxReplans: planning.maxReplans,
      },
    }),
    ...(plan.settings?.planning && { planned: plan.tasks[0]?.nodeId ?? task.nodeId }),
    ...(policy === 'raise' && { raisesToolFailures: true }),
    ...toolOptionsOf(task, agent),
    ...(plan.settings?.cache && { keepsResults: true }),
    ...(agent?.maxExecutionSeconds !== undefined && { seconds: agent.maxExecutionSeconds }),
    ...(task.callback && { callsBack: true }),
    ...lookUpsOf(plan, agent),
  };
  return Object.keys(control).length > 0 ? control : undefined;
}

/** As far as they speak of tools that the task has. */
function toolOptionsOf(
  task: PlanTask,
  agent: PlanAgent | undefined,
): Pick<TaskControl, 'answering' | 'mostUses'> {
  const options = { ...agent?.toolOptions, ...task.toolOptions };
  const own = Object.entries(options).filter(([tool]) => task.tools.includes(tool));
  const answering = own.flatMap(([tool, { resultAsAnswer }]) => (resultAsAnswer ? [tool] : []));
  const bounded = own.flatMap(([tool, { maxUses }]) =>
    maxUses === undefined ? [] : [[tool, maxUses] as const],
  );
  return {
    ...(answering.length > 0 && { answering }),
    ...(bounded.length > 0 && { mostUses: Object.fromEntries(bounded) }),
  };
}

/** CrewAI tells memories first. */
function lookUpsOf(
  { settings }: Plan,
  agent: PlanAgent | undefined,
): Pick<TaskControl, 'looksUp' | 'remembers'> {
  const hasMemory = agent?.memory ?? settings?.memory ?? false;
  const hasKnowledge = [...(agent?.knowledge ?? []), ...(settings?.knowledge ?? [])].length > 0;
  const looksUp: readonly LookUp[] = [
    ...(hasMemory ? (['recall'] as const) : []),
    ...(hasKnowledge ? (['knowledge'] as const) : []),
  ];
  return { ...(looksUp.length > 0 && { looksUp }), ...(hasMemory && { remembers: true }) };
}
