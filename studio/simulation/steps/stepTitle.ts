import { findTool } from '#workflows/catalogue/tools.ts';
import type { StepState } from '#workflows/simulationState.ts';

const ORDINALS = ['', 'second ', 'third ', 'fourth ', 'fifth '];

type Told = Pick<StepState, 'kind' | 'tool' | 'path'>;

/** `Buyer, second reply`, `Buyer uses calculator`. */
export function stepTitle(who: string, { kind, tool, path }: Told): string {
  if (kind === 'tool')
    return `${who} uses ${(findTool(tool ?? '')?.title ?? tool ?? 'a tool').toLowerCase()}`;
  if (kind === 'knowledge') return `${who} looks it up`;
  if (kind === 'memory') return path.endsWith('memory.save') ? `${who} keeps in mind` : `${who} remembers`;
  const number = Number(/think\.(\d+)$/.exec(path)?.[1] ?? 1);
  const ordinal = ORDINALS[number - 1] ?? `${number}th `;
  return `${who}, ${ordinal}reply`;
}
