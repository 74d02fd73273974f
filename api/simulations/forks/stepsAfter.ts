import type { Plan } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE, scopesAround, stepPath } from '#workflows/names.ts';
import { nodesAfter, nodesOf } from '../../database/ledger/reuse/neighbours.ts';
import { askedBy, readStepPath } from '../../database/ledger/reuse/stepPath.ts';

export interface StepsAfter {
  readonly plan: Plan;
  /** Of the parent's steps, in the order in which they began. */
  readonly paths: readonly string[];
  readonly path: string;
  /** Of crews inside, by the scope in which each is done. */
  readonly inner?: ReadonlyMap<string, Plan>;
}

/**
 * What comes after a step: the later turns of its node, and all that waits for that node or reads it, first where it
 * is done and then outwards: around a map's item, a loop's round, a sub-crew or a tool call that handed work on. At the
 * top by node, inside by path, so that other items and earlier rounds keep what they have.
 */
export function stepsAfter({ plan: whole, paths, path, inner }: StepsAfter): {
  paths: string[];
  tasks: string[];
} {
  const after = new Set<string>();
  for (let at = path; ; ) {
    const place = readStepPath(at);
    if (!place) return { paths: [...after], tasks: [] };
    const { scope, nodeId } = place;
    for (const later of laterTurns(paths, at)) after.add(later);
    const plan = planOf(scope, whole, inner);
    const nodes = plan ? nodesAfter(plan, nodeId) : [];
    if (scope === ROOT_SCOPE) {
      for (const later of insideOthers(nodes, paths)) after.add(later);
      return { paths: [...after], tasks: nodes };
    }
    // Where a plan is not at hand, and in work that was handed on, what began later comes after.
    const isHere = plan !== undefined && nodesOf(plan).has(nodeId);
    const later = isHere ? inNodes(paths, scope, new Set(nodes)) : inScope(paths, scope, at);
    for (const one of later) after.add(one);
    at = scope;
  }
}

/** Of the crew that a scope belongs to. */
const planOf = (scope: string, whole: Plan, inner: StepsAfter['inner']): Plan | undefined => {
  const crew = scopesAround(scope).at(-1)?.scope ?? scope;
  return crew === ROOT_SCOPE ? whole : inner?.get(crew);
};

const ROUND = /^(?:round|until)\.(\d+)/;

/** Of the node itself. A tool's neighbours of the same turn run beside it and are as good as they were. */
function laterTurns(paths: readonly string[], at: string): readonly string[] {
  const place = readStepPath(at) ?? { scope: '', nodeId: '', step: '', generation: 0 };
  const { scope, nodeId, step, generation } = place;
  const own = stepPath(scope, nodeId, '', generation);
  const join = stepPath(scope, nodeId, 'join');
  if (step.startsWith('item.') || step === 'crew') return [join];
  const round = Number(ROUND.exec(step)?.[1]);
  if (step.startsWith('round.'))
    return paths.filter((path) => path === join || isLaterRound(path, own, round));
  const turn = askedBy(at);
  const began = paths.slice(paths.indexOf(at) + 1).filter((path) => path.startsWith(own));
  return [at, ...began.filter((path) => turn === null || !path.startsWith(`${turn}/`))];
}

function isLaterRound(path: string, own: string, round: number): boolean {
  if (!path.startsWith(own)) return false;
  const [, number] = ROUND.exec(path.slice(own.length)) ?? [];
  return path.startsWith(`${own}until.`) ? Number(number) >= round : Number(number) > round;
}

const inNodes = (paths: readonly string[], scope: string, nodes: ReadonlySet<string>): readonly string[] =>
  paths.filter(
    (path) => path.startsWith(`${scope}/`) && nodes.has(path.slice(scope.length + 1).split('/', 1)[0] ?? ''),
  );

const inScope = (paths: readonly string[], scope: string, at: string): readonly string[] =>
  paths.slice(paths.indexOf(at) + 1).filter((path) => path.startsWith(`${scope}/`));

/** What is done inside nodes under other names: by a sub-crew, or by those to whom work was handed on. */
function insideOthers(nodes: readonly string[], paths: readonly string[]): readonly string[] {
  const own = new Set(nodes);
  return paths.filter((path) => {
    const [scope, top = ''] = path.split('/', 2);
    return scope === ROOT_SCOPE && own.has(top) && !own.has(readStepPath(path)?.nodeId ?? top);
  });
}
