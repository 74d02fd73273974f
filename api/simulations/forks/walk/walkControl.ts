import { chooseRoute, crewInputs, joinAnswers, listItems } from '#workflows/graph/decisions.ts';
import { evaluateRule, placeholdersOf } from '#workflows/graph/evaluateRule.ts';
import type { PlanControl, PlanControlOf } from '#workflows/graph/planSchema.ts';
import { asText } from '#workflows/graph/ruleValues.ts';
import { crewScope, itemScope, roundScope } from '#workflows/names.ts';
import { DIVIDER } from '#workflows/prompts/taskPrompt.ts';
import { unreachable } from '#workflows/unreachable.ts';
import { approvalQuestion } from '../../../database/ledger/questions/approvalQuestion.ts';
import { composeRoute } from '../../../database/ledger/requests/composeRoute.ts';
import { whatIsRead } from '../../../database/ledger/requests/decisionReads.ts';
import { itemKeys } from '../../../database/ledger/requests/itemKeys.ts';
import type { CrewWalk, WalkPlace } from './CrewWalk.ts';
import { type Answered, type End, unknown } from './Ends.ts';
import { innerPath } from './innerPath.ts';
import { type ScopeValues, speaksOfOpen, valuesOf, withValues } from './ScopeValues.ts';

/** A node that decides or repeats, as the engine does it. */
export function walkControl(crew: CrewWalk, node: PlanControl, place: WalkPlace): Promise<End> {
  switch (node.kind) {
    case 'router':
      return node.by === 'rules' ? byRules(crew, node, place) : byModel(crew, node, place);
    case 'map':
      return walkMap(crew, node, place);
    case 'loop':
      return walkLoop(crew, node, place);
    case 'approval':
      return walkApproval(crew, node, place);
    case 'crew':
      return walkSubCrew(crew, node, place);
    case 'wait':
      return Promise.resolve({ kind: 'answered', text: { text: '' }, isEmpty: true });
    default:
      return unreachable(node);
  }
}

const decidedAs = (outcome: string): End => ({
  kind: 'answered',
  text: { text: outcome },
  isEmpty: true,
  outcome,
});

async function byRules(crew: CrewWalk, node: PlanControlOf<'router'>, place: WalkPlace): Promise<End> {
  const read = whatIsRead({ plan: crew.plan, node, decision: { kind: 'route' } });
  const values = await crew.ruleValues(place, read);
  return values ? decidedAs(chooseRoute(node, values)) : unknown(false);
}

async function byModel(crew: CrewWalk, router: PlanControlOf<'router'>, place: WalkPlace): Promise<End> {
  const { plan, fork } = crew;
  const { nodeId, context } = router;
  const { answers, isKnown } = crew.read(place.scope, 'tasks' in context ? context.tasks : []);
  if (!isKnown) return crew.unknown(router, place, false);
  const path = innerPath(place, router, 'route');
  const inputs = placeholdersOf(place.values.known);
  const { requestHash } = composeRoute({ plan, router, inputs, answers, contents: fork.texts.contents });
  const from = fork.parent.find({ path, nodeId, requestHash });
  if (from?.outcome.kind !== 'decided') return crew.unknown(router, place, false);
  crew.take({ kind: 'reused', path, nodeId, from, outputFile: null });
  return decidedAs(from.outcome.value);
}

async function walkApproval(crew: CrewWalk, node: PlanControlOf<'approval'>, place: WalkPlace): Promise<End> {
  const { fork } = crew;
  const { nodeId, context } = node;
  const { answers, isKnown } = crew.read(place.scope, 'tasks' in context ? context.tasks : []);
  if (!isKnown) return crew.unknown(node, place, false);
  const inputs = placeholdersOf(place.values.known);
  const texts = [...answers.values()];
  const { requestHash } = approvalQuestion({ node, inputs, texts, contents: fork.texts.contents });
  const path = innerPath(place, node, 'ask');
  const from = fork.parent.find({ path, nodeId, requestHash });
  if (from?.outcome.kind !== 'decided') return crew.unknown(node, place, false);
  crew.take({ kind: 'reused', path, nodeId, from, outputFile: null });
  const { value, isEmpty = false } = from.outcome;
  return { kind: 'answered', text: from.response.text, isEmpty, outcome: value };
}

/** The inside once for each item, as far as the items are known. */
async function walkMap(crew: CrewWalk, node: PlanControlOf<'map'>, place: WalkPlace): Promise<End> {
  const { plan, fork } = crew;
  const { nodeId, maxItems } = node;
  const values = await crew.ruleValues(place, whatIsRead({ plan, node, decision: { kind: 'items' } }));
  if (!values) return crew.unknown(node, place, false);
  const list = listItems(node, values);
  // It fails there, and nothing in it is done.
  if (!list || list.length > maxItems) return unknown(false);
  const ends: (Answered | null)[] = [];
  for (const [at, key] of itemKeys(list.map(asText)).entries())
    ends.push(
      await crew.walkBlock({
        scope: itemScope(place.scope, nodeId, key),
        blockId: nodeId,
        values: withValues(place.values, { item: list[at], index: at + 1 }),
      }),
    );
  const known = ends.filter((end) => end !== null);
  if (known.length < ends.length) return unknown(false);
  const text = joinAnswers(await fork.texts.all(known.map((end) => end.text)));
  const isEmpty = known.length === 0 || text.trim() === '';
  return { kind: 'answered', text: fork.texts.contents.add(text), isEmpty };
}

/** Round after round, as long as it is known that there is another. */
async function walkLoop(crew: CrewWalk, node: PlanControlOf<'loop'>, place: WalkPlace): Promise<End> {
  const { plan, fork } = crew;
  const { nodeId, maxRounds, until, atMost } = node;
  const read = whatIsRead({ plan, node, decision: { kind: 'until', round: 1 } });
  let previous: string | null = '';
  for (let round = 1; ; round += 1) {
    const values: ScopeValues =
      previous === null
        ? withValues(place.values, { round }, ['previous'])
        : withValues(place.values, { round, previous });
    const inside = { scope: roundScope(place.scope, nodeId, round), blockId: nodeId, values };
    const end: Answered | null = await crew.walkBlock(inside);
    const isOpen = values.open.size > 0 && speaksOfOpen(plan, { ...node, context: { tasks: [] } }, values);
    const looked = until && !isOpen ? await crew.ruleValues(inside, read) : null;
    const isLast = until ? looked && evaluateRule(until, looked) : round >= maxRounds;
    if (isLast === null) {
      const later = stepsAfterRound(crew, node, place, round);
      for (const { path, nodeId: inner } of later) crew.anew(path, inner, values);
      return unknown(false);
    }
    if (isLast || (round >= maxRounds && atMost === 'goOn')) return end ?? unknown(false);
    if (round >= maxRounds) return unknown(false);
    previous = end && (await fork.texts.of(end.text));
  }
}

function stepsAfterRound(crew: CrewWalk, node: PlanControlOf<'loop'>, place: WalkPlace, round: number) {
  const rounds = innerPath(place, node, 'round.');
  return crew.fork.parent
    .under(rounds)
    .filter(
      ({ path, kind }) => kind !== 'decision' && Number.parseInt(path.slice(rounds.length), 10) > round,
    );
}

/** Another crew, with what it is given, as far as that is known. */
async function walkSubCrew(crew: CrewWalk, node: PlanControlOf<'crew'>, place: WalkPlace): Promise<End> {
  const { plan, fork } = crew;
  const inner = await fork.loadPlan(node.crewVersionId);
  if (!inner) return crew.unknown(node, place, false);
  const ids = whatIsRead({ plan, node, decision: { kind: 'inputs' } });
  const read = await crew.ruleValues(place, ids);
  const answer = ids.flatMap((id) => read?.answers.get(id) ?? []).join(DIVIDER);
  const open = [...place.values.open, ...(read ? [] : ['answer'])];
  const isOpen = (text: string) => open.some((name) => text.includes(`{${name}}`));
  const given = Object.entries(
    crewInputs(node, read ?? { ...place.values.known, answers: new Map() }, answer),
  );
  const known = new Map(given.filter(([name]) => !isOpen(node.inputs[name] ?? '')));
  const unknownNames = given.flatMap(([name]) => (known.has(name) ? [] : [name]));
  const scope = crewScope(place.scope, node.nodeId);
  const values = valuesOf({ inputs: known }, unknownNames);
  const end = await crew.within({ plan: inner, scope }).walkBlock({ scope, blockId: null, values });
  return end ?? unknown(false);
}
