import type { FinishedTask } from './activities.ts';
import type { Gate } from './gate.ts';
import type { ControlPlan } from './plan.ts';

interface Progress {
  readonly plan: ControlPlan;
  readonly finished: Readonly<Record<string, FinishedTask>>;
  readonly failures: readonly { readonly nodeId: string; readonly failure: { readonly code: string } }[];
  readonly gate: Gate;
}

/** Long crews show their first tasks: details are read by people. */
const MOST_ROWS = 50;

/** Where a simulation stands, as Markdown for Temporal's own screens. */
export function describeProgress({ plan, finished, failures, gate }: Progress): string {
  const failed = new Map(failures.map(({ nodeId, failure }) => [nodeId, failure.code]));
  const done = plan.tasks.filter(({ nodeId }) => Object.hasOwn(finished, nodeId)).length;
  const rows = plan.tasks.slice(0, MOST_ROWS).map(({ nodeId, name }) => {
    const state = Object.hasOwn(finished, nodeId) ? 'completed' : (failed.get(nodeId) ?? 'open');
    return `| ${name.replaceAll('|', '/').replaceAll('\n', ' ')} | ${state} |`;
  });
  const head = `**${done} of ${plan.tasks.length} tasks completed**${gate.hold ? `, held: ${gate.hold.reason}` : ''}`;
  return [head, '', '| task | state |', '|---|---|', ...rows].join('\n');
}
