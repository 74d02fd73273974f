import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { comparePaths } from '../../database/ledger/reuse/stepPath.ts';
import type { StoredText } from '../../database/ledger/stored.ts';
import type { ComparedPair } from './schema.ts';

/** What makes two steps the same. */
export interface AlignedStep {
  readonly path: string;
  readonly nodeId: string;
  readonly state: string;
  readonly requestHash: string | null;
  readonly isEdited: boolean;
  readonly text: StoredText | null;
}

export interface Half<T extends AlignedStep> {
  readonly plan: Pick<Plan, 'tasks'>;
  readonly steps: readonly T[];
}

export interface Pair<T extends AlignedStep>
  extends Pick<ComparedPair, 'path' | 'nodeId' | 'name' | 'result' | 'isRequestSame' | 'isAnswerSame'> {
  readonly a: T | null;
  readonly b: T | null;
}

/** Puts the steps of two simulations side by side by path, in the order of the first plan and then of the second. */
export function alignSteps<T extends AlignedStep>(a: Half<T>, b: Half<T>): Pair<T>[] {
  const [ofA, ofB] = [byPath(a.steps), byPath(b.steps)];
  const paths = Map.groupBy(new Set([...ofA.keys(), ...ofB.keys()]), (path) => nodeOf(path, ofA, ofB));
  const names = new Map([...a.plan.tasks, ...b.plan.tasks].map((task) => [task.nodeId, task.name]));
  const order = mergeOrders(idsOf(a), idsOf(b));
  return [...new Set([...order, ...paths.keys()])].flatMap((nodeId) =>
    (paths.get(nodeId) ?? []).sort(comparePaths).map((path) => ({
      path,
      nodeId,
      name: names.get(nodeId) ?? nodeId,
      ...judge(ofA.get(path) ?? null, ofB.get(path) ?? null),
    })),
  );
}

const byPath = <T extends AlignedStep>(steps: readonly T[]): ReadonlyMap<string, T> =>
  new Map(steps.map((step) => [step.path, step]));

const idsOf = ({ plan }: Half<AlignedStep>): string[] => plan.tasks.map(({ nodeId }) => nodeId);

type Steps = ReadonlyMap<string, AlignedStep>;
const nodeOf = (path: string, a: Steps, b: Steps): string => (a.get(path) ?? b.get(path))?.nodeId ?? '';

/** All of `a` in its order; what only `b` has comes after what it comes after there. */
function mergeOrders(a: readonly string[], b: readonly string[]): string[] {
  const known = new Set(a);
  const behind = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const id of b) {
    if (known.has(id)) anchor = id;
    else behind.set(anchor, [...(behind.get(anchor) ?? []), id]);
  }
  return [...(behind.get(null) ?? []), ...a.flatMap((id) => [id, ...(behind.get(id) ?? [])])];
}

function judge<T extends AlignedStep>(
  a: T | null,
  b: T | null,
): Pick<Pair<T>, 'a' | 'b' | 'result' | 'isRequestSame' | 'isAnswerSame'> {
  if (!a || !b) {
    return { a, b, result: a ? 'onlyA' : 'onlyB', isRequestSame: null, isAnswerSame: null };
  }
  const wereAsked = a.requestHash !== null && b.requestHash !== null && !a.isEdited && !b.isEdited;
  const isRequestSame = wereAsked ? a.requestHash === b.requestHash : null;
  const isAnswerSame = a.text && b.text ? canonicalJson(a.text) === canonicalJson(b.text) : null;
  const isSame =
    isRequestSame !== false && isAnswerSame !== false && a.state === b.state && a.isEdited === b.isEdited;
  return { a, b, result: isSame ? 'same' : 'different', isRequestSame, isAnswerSame };
}
