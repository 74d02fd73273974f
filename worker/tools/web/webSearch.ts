import { webSearch as declaration, webSearchArguments } from '#workflows/catalogue/webTools.ts';
import { type Tool, type ToolContext, ToolProblem } from '../Tool.ts';
import { bodyText } from './bodyText.ts';
import {
  operatorsService,
  SEARCH_ORIGINS,
  type SearchKeys,
  type SearchResult,
  type SearchService,
  searchService,
} from './searchServices.ts';

const EXCERPT = 500;

export const createWebSearch = (keys: SearchKeys): Tool => ({
  declaration,
  async run(args, { egress, credentials, signal }) {
    const { query, count = 5 } = webSearchArguments.parse(args);
    const service = (await savedService(credentials)) ?? operatorsService(keys);
    if (!service)
      throw new ToolProblem(
        'Searching the web is not set up here: there is no key for Serper, Tavily or Brave. Go on without it, and say so.',
      );
    const response = await egress.read({ ...service.ask(query, count), signal });
    if (response.status !== 200)
      return { ok: false, text: `${service.title} did not search: it answered ${response.status}.` };
    return show(service.read(parse(bodyText(response) ?? '')).slice(0, count));
  },
});

/** With a key of the workspace or of the person, before the operator's. */
async function savedService({
  find,
  reveal,
}: ToolContext['credentials']): Promise<SearchService | undefined> {
  const found = await find(['serper', 'tavily', 'brave']);
  const origin = found && SEARCH_ORIGINS.get(found.provider);
  if (!origin) return undefined;
  return searchService(found.provider, (await reveal(found.id, origin)).value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ToolProblem('The search service answered something that is no list of results.');
  }
}

const show = (results: readonly SearchResult[]): string =>
  results.length === 0
    ? 'Nothing was found.'
    : results
        .map(({ title, url, excerpt }, at) => `${at + 1}. ${title}\n${url}\n${excerpt.slice(0, EXCERPT)}`)
        .join('\n\n');
