import { crewPlanPath } from '#workflows/crewPlan.ts';
import { placeholdersOf } from '#workflows/graph/evaluateRule.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';
import { planForTask } from '#workflows/prompts/crewPlanPrompt.ts';
import { readJson } from '#workflows/prompts/readJson.ts';
import { FoundSteps } from '../../../database/ledger/reuse/FoundSteps.ts';
import type { CrewWalk } from './CrewWalk.ts';
import { type ScopeValues, speaksOfOpen } from './ScopeValues.ts';

/** What the planner of a crew wrote for a task; null when that is not known yet. */
export type WrittenPlan = { readonly text: string | undefined } | null;

/** The plan of all tasks that a crew may have made before the first. */
export class CrewPlanner {
  readonly #crew: CrewWalk;
  #said: Promise<string | null> | undefined;

  constructor(crew: CrewWalk) {
    this.#crew = crew;
  }

  async planFor(task: PlanTask, values: ScopeValues): Promise<WrittenPlan> {
    const { plan } = this.#crew;
    const [first] = plan.tasks;
    if (!plan.settings?.planning || !first) return { text: undefined };
    this.#said ??= this.#ask(first, values);
    const said = await this.#said;
    if (said === null) return null;
    const number = plan.tasks.findIndex(({ nodeId }) => nodeId === task.nodeId) + 1;
    return { text: planForTask(readJson(said), number) };
  }

  async #ask(first: PlanTask, values: ScopeValues): Promise<string | null> {
    const { plan, scope, fork } = this.#crew;
    const agent = plan.agents.find(({ nodeId }) => nodeId === first.agentId);
    if (!agent) throw new Error(`The plan has no agent ${first.agentId}`);
    const { parent, clock, edits, texts } = fork;
    const inputs = placeholdersOf({ inputs: values.known.inputs });
    const answers = new Map();
    const { contents } = texts;
    // Its words are those of all tasks.
    const isOpen = plan.tasks.some((task) => speaksOfOpen(plan, task, values));
    const walk = {
      plan,
      task: first,
      agent,
      inputs,
      clock,
      parent,
      edits,
      answers,
      contents,
      isKnown: true,
      scope,
    };
    const path = crewPlanPath(scope, first.nodeId);
    const what = { previousPath: null, toolPaths: [], isForced: false, ask: { kind: 'crewPlan' } } as const;
    const step = { kind: 'think', path, answersAt: path, what } as const;
    const taken = isOpen ? path : new FoundSteps(walk).takeAsked(step);
    if (typeof taken === 'string') {
      this.#crew.anew(path, first.nodeId, values);
      return null;
    }
    this.#crew.take(taken);
    return texts.of(taken.kind === 'reused' ? taken.from.response.text : taken.text);
  }
}
