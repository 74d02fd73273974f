import { readFileSync } from 'node:fs';

export interface ToolModule {
  readonly module: string;
  readonly className: string;
}

/** Tools of ours that were written again for CrewAI. */
const MODULES = new Map<string, ToolModule>([
  ['calculator', { module: 'calculator', className: 'Calculator' }],
  ['current_time', { module: 'current_time', className: 'CurrentTime' }],
]);

/** Whether a tool can be exported. */
export const isExported = (tool: string): boolean => MODULES.has(tool);

export const toolModules = (tools: readonly string[]): ToolModule[] =>
  tools.flatMap((tool) => MODULES.get(tool) ?? []);

/** `calculator.py` -> its text, for each tool. */
export const toolFiles = (tools: readonly string[]): Record<string, string> =>
  Object.fromEntries(toolModules(tools).map(({ module }) => [`${module}.py`, sourceOf(module)]));

const sourceOf = (module: string) => readFileSync(new URL(`./python/${module}.py`, import.meta.url), 'utf8');
