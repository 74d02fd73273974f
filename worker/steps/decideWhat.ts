import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { blockAnswers } from '#api/database/ledger/blockAnswers.ts';
import { itemKeys } from '#api/database/ledger/requests/itemKeys.ts';
import type { DecideInput, StepOutcome } from '#workflows/activities.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { chooseRoute, crewInputs, joinAnswers, listItems } from '#workflows/graph/decisions.ts';
import { evaluateRule } from '#workflows/graph/evaluateRule.ts';
import type { Plan, PlanControl, PlanControlOf, PlanTask } from '#workflows/graph/planSchema.ts';
import { asText, type RuleValues } from '#workflows/graph/ruleValues.ts';
import { itemScope, ROOT_SCOPE, roundScope, stepPath } from '#workflows/names.ts';
import { DIVIDER } from '#workflows/prompts/taskPrompt.ts';

export interface DecisionScene {
  readonly plan: Plan;
  readonly node: PlanTask | PlanControl;
  readonly input: DecideInput;
}

/** What comes of a decision. `same` is what makes two of them the same in a fork: mostly how they come out. */
export type Decided =
  | { readonly text: string; readonly outcome: StepOutcome; readonly same: unknown }
  | { readonly failure: { readonly code: string; readonly message: string }; readonly same: unknown };

/** Decides from what was read. Only the joined answer of a map or a loop reads more. */
export async function decide(
  { plan, node, input }: DecisionScene,
  values: RuleValues,
  transaction: LedgerTransaction,
): Promise<Decided> {
  const { decision } = input;
  const kind = 'kind' in node ? node.kind : 'task';
  if (!('kind' in node))
    return decision.kind === 'condition'
      ? truth(node.condition === undefined || evaluateRule(node.condition, values))
      : unfit(input, kind);
  if (decision.kind === 'join') return join({ plan, node, input }, transaction);
  switch (node.kind) {
    case 'router':
      return decision.kind === 'route' ? said(chooseRoute(node, values)) : unfit(input, kind);
    case 'map':
      return decision.kind === 'items' ? items(node, values) : unfit(input, kind);
    case 'loop':
      return decision.kind === 'until'
        ? truth(node.until !== undefined && evaluateRule(node.until, values))
        : unfit(input, kind);
    case 'crew':
      return decision.kind === 'inputs' ? given(node, values) : unfit(input, kind);
    case 'wait':
      return decision.kind === 'wait' ? waits(node, input) : unfit(input, kind);
    default:
      return unfit(input, kind);
  }
}

function unfit({ decision, nodeId }: DecideInput, kind: string): never {
  throw new Error(`${nodeId}, a ${kind}, has nothing to decide as ${decision.kind}`);
}

const said = (value: string): Decided => ({
  text: value,
  outcome: { kind: 'decided', value },
  same: value,
});
const truth = (is: boolean): Decided => said(String(is));

function items(node: PlanControlOf<'map'>, values: RuleValues): Decided {
  const list = listItems(node, values);
  if (list === null)
    return failed('map.notAList', `${node.name}: what it reads is neither a list nor lines of text.`);
  if (list.length > node.maxItems)
    return failed(
      'limit.exceeded',
      `${node.name}: the list has ${list.length} items, more than ${node.maxItems}.`,
    );
  const keys = itemKeys(list.map(asText));
  return { text: canonicalJson(list), outcome: { kind: 'items', keys }, same: keys };
}

const failed = (code: string, message: string): Decided => ({ failure: { code, message }, same: message });

function given(node: PlanControlOf<'crew'>, values: RuleValues): Decided {
  const ids = 'tasks' in node.context ? node.context.tasks : [];
  const answer = ids.flatMap((id) => values.answers.get(id) ?? []).join(DIVIDER);
  const text = canonicalJson(crewInputs(node, values, answer));
  return { text, outcome: { kind: 'decided', value: 'inputs' }, same: text };
}

/** The moment is fixed when it is first asked for: whatever happens meanwhile, the wait ends then; so in a fork. */
function waits({ seconds, until }: PlanControlOf<'wait'>, { path }: DecideInput): Decided {
  const at =
    seconds === null && until !== null ? until : new Date(Date.now() + (seconds ?? 0) * 1_000).toISOString();
  return { text: at, outcome: { kind: 'decided', value: at }, same: { path, seconds, until } };
}

/** Of a map the list of its items' answers, of a loop that of its last round. */
async function join({ plan, node, input }: DecisionScene, transaction: LedgerTransaction): Promise<Decided> {
  const { simulationId, nodeId, scope = ROOT_SCOPE, events: riding, decision } = input;
  if (decision.kind !== 'join') return unfit(input, 'join');
  const read = (scopes: readonly string[]) =>
    blockAnswers(transaction, { simulationId, plan, blockId: nodeId, scopes, riding });
  if ('kind' in node && node.kind === 'loop') {
    const [last] = await read([roundScope(scope, nodeId, decision.rounds ?? 1)]);
    return answered(last?.text ?? '', last?.text ?? '');
  }
  const leftOut = new Set(decision.leftOut);
  const [row] = await transaction.run<{ outcome: StepOutcome }>(ITEMS, [
    simulationId,
    stepPath(scope, nodeId, 'items'),
  ]);
  const keys = row?.outcome.kind === 'items' ? row.outcome.keys : [];
  const scopes = keys.filter((key) => !leftOut.has(key)).map((key) => itemScope(scope, nodeId, key));
  const text = joinAnswers((await read(scopes)).map((answer) => answer.text));
  return answered(text, scopes.length === 0 ? '' : text);
}

const answered = (text: string, content: string): Decided => ({
  text,
  outcome: { kind: 'answer', isEmpty: content.trim() === '' },
  same: text,
});

const ITEMS = {
  name: 'steps.items',
  text: `select outcome from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
