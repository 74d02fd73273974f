import { toolTitle } from '#workflows/catalogue/tools.ts';
import type { StepState } from '#workflows/simulationState.ts';

const ORDINALS = ['', 'second ', 'third ', 'fourth ', 'fifth '];

/** Questions beside the conversation with an agent. */
const BESIDE: readonly (readonly [RegExp, string])[] = [
  [/\/judge\.[\d.]+$/, ', answer checked'],
  [/\/repair\.\d+$/, ', answer put into form'],
  [/\/summary\.\d+$/, ', conversation summed up'],
  [/\/plan\.\d+$/, ' plans the task'],
  [/\/observe\.\d+$/, ', step looked at'],
  [/\/crewPlan\.\d+$/, ', all tasks planned'],
  [/\/route$/, ' decides'],
];

type Told = Pick<StepState, 'kind' | 'tool' | 'path'>;

/** `Buyer, second reply`, `Buyer uses calculator`, `A person decides`. */
export function stepTitle(who: string, { kind, tool, path }: Told): string {
  if (kind === 'tool') return `${who} uses ${(toolTitle(tool ?? '') ?? tool ?? 'a tool').toLowerCase()}`;
  if (kind === 'knowledge') return `${who} looks it up`;
  if (kind === 'memory') return path.endsWith('memory.save') ? `${who} keeps in mind` : `${who} remembers`;
  if (kind === 'person' && tool !== null) return `${who || 'An agent'} asks a person`;
  if (kind === 'person' && path.endsWith('/ask')) return 'A person decides';
  if (kind === 'person' && /\/ask\.\d+$/.test(path)) return `A person reads what ${who || 'an agent'} wrote`;
  if (kind === 'decision') return `${who} decides`;
  const beside = BESIDE.find(([step]) => step.test(path));
  if (beside) return `${who}${beside[1]}`;
  const number = Number(/think\.(\d+)$/.exec(path)?.[1] ?? 1);
  const ordinal = ORDINALS[number - 1] ?? `${number}th `;
  return `${who}, ${ordinal}reply`;
}
