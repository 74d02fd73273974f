import { RE2JS } from 're2js';
import type { PlanTask } from '#workflows/graph/planSchema.ts';
import { ruleHolds, valueAt } from '#workflows/graph/ruleHolds.ts';
import type { Next } from '#workflows/prompts/asks.ts';
import { readWholeJson } from '#workflows/prompts/readJson.ts';
import { fitSchema } from './fitSchema.ts';

export interface Checking {
  readonly task: PlanTask;
  readonly text: string;
  /** Guardrails that hold already, from the first. */
  readonly passed: number;
  readonly fill: (text: string) => string;
  /** The simulation's, for rules that speak of them. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** What an answer is worth: its text as it counts, and what has to be done about it first; null when nothing has. */
export interface Checked {
  readonly text: string;
  readonly next: Next | null;
  /** Why it does not fit its schema. */
  readonly problem?: string;
}

/** Holds an answer to its task's schema, then to its guardrails in order, as far as no model has to be asked. */
export function checkAnswer(checking: Checking): Checked {
  const { task } = checking;
  if (!task.outputSchema) return { text: checking.text, next: nextOf(checking) };
  const fit = fitSchema(task.outputSchema, checking.text);
  if ('problem' in fit) return { text: checking.text, next: { kind: 'repair' }, problem: fit.problem };
  return { text: fit.json, next: nextOf({ ...checking, text: fit.json }) };
}

/** Of an answer that fits its schema. */
export function nextOf({ task, text, passed, fill, inputs }: Checking): Next | null {
  const { guardrails = [] } = task;
  // Most answers are no JSON, and most tasks have no rule that looks into it: found out only where one does.
  let json: { readonly read: unknown } | undefined;
  const insideOf = (names: readonly string[]) => {
    json ??= { read: readWholeJson(text) };
    return valueAt(json.read, names);
  };
  const lookUp = (path: string) => {
    const [root = '', ...names] = path.split('.');
    if (root === 'input') return valueAt(inputs.get(names[0] ?? ''), names.slice(1));
    if (root !== 'output') return undefined;
    return names.length === 0 ? text : (insideOf(names) ?? valueAt(text, names));
  };
  for (let index = passed; index < guardrails.length; index += 1) {
    const guardrail = guardrails[index];
    if (guardrail?.kind === 'model') return { kind: 'judge', guardrail: index };
    if (guardrail && !ruleHolds(guardrail.rule, { lookUp, fill, matches }))
      return { kind: 'tryAgain', guardrail: index };
  }
  return task.humanInput ? { kind: 'person' } : null;
}

/** RE2 takes time in proportion to the text. A pattern that it does not know matches nothing. */
function matches(text: string, pattern: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(text).find();
  } catch {
    return false;
  }
}
