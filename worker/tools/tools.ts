import { calculator } from './calculator.ts';
import { currentTime } from './currentTime.ts';
import type { Tool } from './Tool.ts';

export type Tools = ReadonlyMap<string, Tool>;

/** Every tool of the catalogue. A Map, so that `__proto__` and `constructor` are just names nobody has. */
export function createTools(): Tools {
  return new Map([calculator, currentTime].map((tool) => [tool.declaration.name, tool]));
}
