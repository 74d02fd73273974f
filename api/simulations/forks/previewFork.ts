import { nodesOfBlock } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE } from '#workflows/names.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { loadParentSteps } from '../../database/ledger/reuse/ParentSteps.ts';
import { readEdits, type Walk, walkReuse } from '../../database/ledger/reuse/walkReuse.ts';
import { createLoadPlan } from './innerPlans.ts';
import type { ForkDraft } from './prepareFork.ts';
import { readLengths } from './readLengths.ts';
import type { ForkPreview } from './schema.ts';
import { type CountedStep, CrewWalk, type ForkWalk } from './walk/CrewWalk.ts';
import type { End } from './walk/Ends.ts';
import { ReadState } from './walk/ReadState.ts';
import { valuesOf } from './walk/ScopeValues.ts';
import { Texts } from './walk/Texts.ts';
import { worstPrice } from './worstPrice.ts';

/**
 * What a fork would take over and what it would pay for at most, step by step as the engine would go. Calls nobody and
 * writes nothing.
 */
export function previewFork(
  { database, caller }: Pick<MemberContext, 'database' | 'caller'>,
  draft: ForkDraft,
): Promise<ForkPreview> {
  const { rule } = draft;
  const { id: parentId, workspaceId, clock, createdBy } = draft.parent;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const parent = await loadParentSteps(transaction, { ...rule, parentId });
    const isSamePerson = createdBy === caller.user.id;
    const fork: ForkWalk = {
      parent,
      clock,
      edits: readEdits(rule.answers ?? []),
      texts: new Texts(transaction),
      state: await ReadState.load({ transaction, parentId, isSamePerson }),
      loadPlan: createLoadPlan(workspaceId, transaction),
      counted: [],
    };
    await walkFork(fork, draft);
    const steps = fork.counted.map(({ crew: _, inputs: __, ...step }) => step);
    const anew = fork.counted.filter(({ reuse, edited }) => !reuse && !edited);
    const texts = [...new Set(anew.map(({ crew }) => crew))].flatMap((crew) => [...crew.answers().values()]);
    const stored = await readLengths(database, transaction, texts);
    const lengthOf: typeof stored = (text) =>
      ('ref' in text ? fork.texts.contents.textOf(text.ref)?.length : undefined) ?? stored(text);
    return {
      reused: steps.filter(({ reuse }) => reuse).length,
      rerun: anew.length,
      modelCalls: anew.filter(({ kind }) => kind === 'model').length,
      edited: steps.filter(({ edited }) => edited).length,
      maxCostMicros: priceOf(anew, { fork, draft, lengthOf }),
      steps,
    };
  });
}

/** First what the engine takes over before anything runs, then what it finds when it comes to it. */
async function walkFork(fork: ForkWalk, { plan, inputs, rule }: ForkDraft): Promise<void> {
  const { parent, clock } = fork;
  const values = new Map(Object.entries(inputs));
  const first = walkReuse({ plan, inputs: values, clock, parent, answers: rule.answers });
  const crew = new CrewWalk(fork, { plan, scope: ROOT_SCOPE }, endsOf(first));
  for (const step of first.taken) if (Object.hasOwn(first.finished, step.nodeId)) crew.take(step);
  await crew.walkBlock({ scope: ROOT_SCOPE, blockId: null, values: valuesOf({ inputs: values }) });
  const places = new Map(nodesOfBlock(plan, null).map((id, place) => [id, place]));
  const placeOf = ({ path }: CountedStep) => places.get(path.split('/', 2)[1] ?? '') ?? places.size;
  fork.counted.sort((a, b) => placeOf(a) - placeOf(b));
}

const endsOf = ({ finished, answers }: Walk): ReadonlyMap<string, End> =>
  new Map(
    [...answers].map(([nodeId, text]) => [
      nodeId,
      { kind: 'answered', text, isEmpty: finished[nodeId]?.isEmpty ?? false },
    ]),
  );

interface Pricing {
  readonly fork: ForkWalk;
  readonly draft: ForkDraft;
  readonly lengthOf: Awaited<ReturnType<typeof readLengths>>;
}

/** Crew by crew: each has agents of its own. */
function priceOf(steps: readonly CountedStep[], { fork, draft, lengthOf }: Pricing): number | null {
  const inputs = new Map(Object.entries(draft.inputs));
  let sum = 0;
  for (const [crew, anew] of Map.groupBy(steps, (step) => step.crew)) {
    const { plan } = crew;
    const price = worstPrice({ plan, inputs, parent: fork.parent, anew, answers: crew.answers(), lengthOf });
    if (price === null) return null;
    sum += price;
  }
  return sum;
}
