import { unreachable } from '#workflows/graph/schema.ts';
import type { ForkChange } from '../../database/ForkOrigin.ts';

const TOLD = 6;

/** What a fork changed, as people say it: “Writer’s model, input country and 3 more”. Empty for no change. */
export function changesInWords(changes: readonly ForkChange[]): string {
  const words = [...new Set(changes.map(inWords))];
  const more = words.length - TOLD;
  return more > 0 ? `${words.slice(0, TOLD).join(', ')} and ${more} more` : words.join(', ');
}

function inWords(change: ForkChange): string {
  switch (change.kind) {
    case 'field':
      return `${nameOf(change)}’s ${FIELDS.get(change.field) ?? change.field}`;
    case 'added':
      return `${nameOf(change)} added`;
    case 'removed':
      return `${nameOf(change)} removed`;
    case 'lines':
      return `${LINES[change.lines]} ${nameOf(change)}${change.lines === 'context' ? ' reads' : ''}`;
    case 'process':
      return 'the process';
    case 'settings':
      return 'the crew’s settings';
    case 'order':
      return 'the order of tasks';
    case 'input':
      return `input ${change.name}`;
    case 'answer':
      return `${nameOf(change)}’s answer`;
    case 'rerun':
      return `${nameOf(change)} anew`;
    default:
      return unreachable(change);
  }
}

const LINES = {
  assigned: 'who does',
  context: 'what',
  next: 'what comes before',
  branch: 'what leads to',
} as const;

const FIELDS: ReadonlyMap<string, string> = new Map([
  ['maxTokens', 'longest answer'],
  ['maxIterations', 'rounds of tools'],
  ['expectedOutput', 'expected output'],
  ['outputFile', 'file'],
  ['async', 'waiting'],
  ['context', 'reading'],
  ['markdown', 'form of answer'],
]);

const nameOf = ({ name, nodeId }: { name: string; nodeId: string }): string => name || nodeId;
