import type { ControlNode, CrewGraph } from '#workflows/graph/schema.ts';
import { unreachable } from '#workflows/graph/schema.ts';
import { valueInWords } from '../inspector/values.ts';

/** What a control node does, in one line for its card. */
export function controlSummary(node: ControlNode, graph: Pick<CrewGraph, 'nodes'>): string {
  switch (node.kind) {
    case 'router':
    case 'approval':
      return node.data.outcomes.map(({ name }) => name).join(' · ');
    case 'map': {
      const { items, concurrency } = node.data;
      return items === null ? 'No list yet' : `${valueInWords(items, graph)}, ${concurrency} at a time`;
    }
    case 'loop':
      return `${node.data.until ? 'Until it holds, ' : ''}${node.data.maxRounds} rounds at most`;
    case 'crew':
      return node.data.crewVersionId === null ? 'No crew yet' : 'Another crew as a step';
    case 'wait':
      return node.data.seconds === null ? untilWords(node.data.until) : duration(node.data.seconds);
    default:
      return unreachable(node);
  }
}

const untilWords = (until: string | null): string =>
  until === null ? 'No time yet' : `Until ${until.slice(0, 16).replace('T', ' ')} UTC`;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** In the largest unit that leaves no rest: 90 s is `90 seconds`, 120 s `2 minutes`. */
function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
