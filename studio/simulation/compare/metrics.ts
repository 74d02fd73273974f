import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { formatCount, formatDuration, formatMoney } from '../../ui/formats.ts';
import { statusLook } from '../../ui/statuses.ts';

export type Comparison = inferRouterOutputs<AppRouter>['simulations']['compare'];
export type ComparedPair = Comparison['steps'][number];
type Side = Comparison['a'];

export interface Metric {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  /** How b differs from a: `−12 %`; empty where that says nothing. */
  readonly difference: string;
}

/** Two simulations in figures. */
export function metricsOf({ a, b }: Pick<Comparison, 'a' | 'b'>): Metric[] {
  const row = (
    name: string,
    read: (side: Side) => number | null,
    format: (value: number) => string,
  ): Metric => {
    const [first, second] = [read(a), read(b)];
    return {
      name,
      a: first === null ? '–' : format(first),
      b: second === null ? '–' : format(second),
      difference: first === null || second === null ? '' : changeOf(first, second),
    };
  };
  return [
    { name: 'Status', a: statusLook(a.status).word, b: statusLook(b.status).word, difference: '' },
    row('Time', ({ durationMs }) => durationMs, formatDuration),
    row('Steps', ({ steps }) => steps, formatCount),
    row('Reused', ({ totals }) => totals.reusedSteps, formatCount),
    row('In own words', ({ editedSteps }) => editedSteps, formatCount),
    row('Tokens in', ({ totals }) => totals.inputTokens, formatCount),
    row('Tokens out', ({ totals }) => totals.outputTokens, formatCount),
    row('Money', ({ totals }) => totals.costMicros, formatMoney),
  ].filter(({ name, a: first, b: second }) => name !== 'In own words' || first !== '0' || second !== '0');
}

function changeOf(a: number, b: number): string {
  if (a === b) return 'same';
  if (a === 0) return '';
  const percent = Math.round(((b - a) / a) * 100);
  if (percent === 0) return 'same';
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
