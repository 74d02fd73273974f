import { liftInto } from '../blocks.ts';
import { answerIn, rulesOf, valuesOf } from '../references.ts';
import { termsOf, type ValuePath } from '../rules.ts';
import type { GraphNode, GraphProblem, NodeKind } from '../schema.ts';
import { error, labelOf } from './problem.ts';

export interface RuleChecks {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly blocks: ReadonlyMap<string, string | null>;
  /** Whether a text is a pattern that `matches` understands; not asked where nobody says. */
  readonly isPattern?: ((text: string) => boolean) | undefined;
}

const ANSWERS = new Set<NodeKind>(['task', 'map', 'loop', 'approval', 'crew']);
const GIVEN_BY: ReadonlyMap<string, NodeKind> = new Map([
  ['item', 'map'],
  ['index', 'map'],
  ['round', 'loop'],
  ['previous', 'loop'],
]);

/** Rules, and lists to go through, that name what cannot be there. */
export function ruleProblems(node: GraphNode, checks: RuleChecks): GraphProblem[] {
  const values = valuesOf(node).flatMap(({ field, path }) => {
    const why = whyNot(path, field, node, checks);
    return why === undefined ? [] : [badValue(node, field, why)];
  });
  return [...values, ...patternProblems(node, checks)];
}

const badValue = (node: GraphNode, field: string, why: string) =>
  error('rule.unknownValue', {
    nodeId: node.id,
    field,
    message: `${labelOf(node)} decides by ${why}`,
    fix: 'Choose another value.',
  });

/** Why a value cannot be there when the node asks for it, as the end of a sentence. */
function whyNot(
  path: ValuePath,
  field: string,
  node: GraphNode,
  { nodes, blocks }: RuleChecks,
): string | undefined {
  const [root = ''] = path.split('.');
  if (root === 'output') return field === 'guardrails' ? undefined : 'an output, which only a guardrail sees';
  const giver = GIVEN_BY.get(root);
  if (giver)
    return isWithin(giver, node, nodes, blocks)
      ? undefined
      : `“${root}” outside of a ${giver === 'map' ? 'for-each' : 'loop'}`;
  const id = answerIn(path);
  if (id === undefined) return undefined;
  const source = nodes.get(id);
  if (!source || !ANSWERS.has(source.kind)) return 'an answer that nobody gives';
  if (source === node) return 'its own answer';
  return isSeen(source, node, blocks)
    ? undefined
    : `${labelOf(source)}, which is done several times inside another`;
}

function isWithin(
  kind: NodeKind,
  node: GraphNode,
  nodes: RuleChecks['nodes'],
  blocks: RuleChecks['blocks'],
): boolean {
  // A loop looks at its own rounds.
  if (node.kind === kind && kind === 'loop') return true;
  for (let id = blocks.get(node.id) ?? null; id !== null; id = blocks.get(id) ?? null)
    if (nodes.get(id)?.kind === kind) return true;
  return false;
}

/** A source in the same block or around it; for a loop also one right inside. */
function isSeen(source: GraphNode, node: GraphNode, blocks: RuleChecks['blocks']): boolean {
  const block = blocks.get(source.id) ?? null;
  return block === node.id ? node.kind === 'loop' : liftInto(block, node.id, blocks) !== undefined;
}

function patternProblems(node: GraphNode, { isPattern }: RuleChecks): GraphProblem[] {
  if (!isPattern) return [];
  return rulesOf(node).flatMap(({ field, rule }) =>
    termsOf(rule)
      .filter(({ op, value }) => op === 'matches' && !isPattern(String(value ?? '')))
      .map(({ value }) =>
        error('rule.badPattern', {
          nodeId: node.id,
          field,
          message: `“${String(value ?? '')}” in ${labelOf(node)} is not a pattern that can be searched for`,
          fix: 'Use RE2 syntax: no look-around and no back-references.',
        }),
      ),
  );
}
