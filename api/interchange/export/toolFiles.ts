import { readFileSync } from 'node:fs';

export interface ToolModule {
  readonly module: string;
  readonly className: string;
}

/** Tools of ours that were written again for CrewAI. */
const MODULES = new Map<string, ToolModule>([
  ['calculator', { module: 'calculator', className: 'Calculator' }],
  ['current_time', { module: 'current_time', className: 'CurrentTime' }],
  ['web_search', { module: 'web_search', className: 'WebSearch' }],
  ['read_web_page', { module: 'read_web_page', className: 'ReadWebPage' }],
  ['http_request', { module: 'http_request', className: 'HttpRequest' }],
  ['json_query', { module: 'json_query', className: 'JsonQuery' }],
  ['list_files', { module: 'list_files', className: 'ListFiles' }],
  ['read_file', { module: 'read_file', className: 'ReadFile' }],
  ['write_file', { module: 'write_file', className: 'WriteFile' }],
  ['ask_person', { module: 'ask_person', className: 'AskPerson' }],
  ['send_mail', { module: 'send_mail', className: 'SendMail' }],
  ['knowledge_search', { module: 'knowledge_search', className: 'KnowledgeSearch' }],
  ['memory_search', { module: 'memory_search', className: 'MemorySearch' }],
  ['memory_save', { module: 'memory_save', className: 'MemorySave' }],
]);

/** Packages that they need besides CrewAI. */
const PACKAGES = new Map([
  ['current_time', 'tzdata'],
  ['json_query', 'jmespath'],
]);

export const toolPackages = (tools: readonly string[]): string[] =>
  tools.flatMap((tool) => PACKAGES.get(tool) ?? []);

export const toolModules = (tools: readonly string[]): ToolModule[] =>
  tools.flatMap((tool) => MODULES.get(tool) ?? []);

/** `calculator.py` -> its text, for each tool. */
export const toolFiles = (tools: readonly string[]): Record<string, string> =>
  Object.fromEntries(toolModules(tools).map(({ module }) => [`${module}.py`, sourceOf(module)]));

const sourceOf = (module: string) => readFileSync(new URL(`./python/${module}.py`, import.meta.url), 'utf8');
