import type { FinishedTask } from './activities.ts';
import type { Gate } from './gate.ts';
import { nodeKey } from './names.ts';
import { type ControlNode, type ControlPlan, nodeAt, nodesOf } from './plan.ts';

interface Progress {
  readonly plan: ControlPlan;
  readonly scope: string;
  readonly ended: Readonly<Record<string, FinishedTask>>;
  readonly failures: readonly { readonly nodeId: string; readonly failure: { readonly code: string } }[];
  readonly gate: Gate;
}

/** Long crews show their first tasks: details are read by people. */
const MOST_ROWS = 50;

/** Where a simulation stands, as Markdown for Temporal's own screens. */
export function describeProgress({ plan, scope, ended, failures, gate }: Progress): string {
  const failed = new Map(failures.map(({ nodeId, failure }) => [nodeId, failure.code]));
  const nodes = shownNodes(plan);
  const endOf = (nodeId: string) => ended[nodeKey(scope, nodeId)];
  const done = nodes.filter(({ nodeId }) => endOf(nodeId)).length;
  const rows = nodes.slice(0, MOST_ROWS).map(({ nodeId, name }) => {
    const end = endOf(nodeId);
    const state = end ? (end.skipped ? 'skipped' : 'completed') : (failed.get(nodeId) ?? 'open');
    return `| ${name} | ${state} |`;
  });
  const head = `**${done} of ${nodes.length} tasks completed**${gate.hold ? `, held: ${gate.hold.reason}` : ''}`;
  return [head, '', '| task | state |', '|---|---|', ...rows].join('\n');
}

interface ShownNode {
  readonly nodeId: string;
  readonly name: string;
}

/** Asked for at each end of thousands. */
const shown = new WeakMap<ControlPlan, readonly ShownNode[]>();

function shownNodes(plan: ControlPlan): readonly ShownNode[] {
  const known = shown.get(plan) ?? nodesOf(plan, null).flatMap((index) => shownNode(nodeAt(plan, index)));
  shown.set(plan, known);
  return known;
}

const shownNode = (node: ControlNode | undefined): readonly ShownNode[] =>
  node
    ? [{ nodeId: node.nodeId, name: node.name.replace(/[|\n]/g, (sign) => (sign === '|' ? '/' : ' ')) }]
    : [];
