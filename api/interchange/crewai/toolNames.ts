import { TOOLS } from '#workflows/catalogue/tools.ts';

export interface KnownTool {
  readonly tool: string;
  /** What is not the same here, for a warning; undefined where nothing is that matters. */
  readonly differs?: string;
}

const OTHER_SERVICE = 'it searches through the service whose key the server has (Serper, Tavily or Brave).';
const WHOLE_PAGE = 'it reads a page that the agent names, whole and without a browser or an index.';
const OWN_FILES = 'it reaches the files of the simulation, not those of a computer.';
const FIXED = 'what the project set in its call (a path, an address, options) was left out.';

/** How CrewAI projects call what our own tools do, without capitals, separators and the word tool. */
const KNOWN: ReadonlyMap<string, KnownTool> = new Map<string, KnownTool>([
  ['calculate', { tool: 'calculator' }],
  ['getcurrenttime', { tool: 'current_time' }],
  ['currentdatetime', { tool: 'current_time' }],
  ['serperdev', { tool: 'web_search' }],
  ['searchinternet', { tool: 'web_search' }],
  ['searchtheinternet', { tool: 'web_search' }],
  ['bravesearch', { tool: 'web_search' }],
  ['tavilysearch', { tool: 'web_search' }],
  ['duckduckgosearchrun', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['duckduckgosearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['exasearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['linkupsearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['serpapigooglesearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['serplygooglesearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['serplywebsearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['serplynewssearch', { tool: 'web_search', differs: OTHER_SERVICE }],
  ['scrapewebsite', { tool: 'read_web_page', differs: FIXED }],
  ['scrapeandsummarizewebsite', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['scrapeelementfromwebsite', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['seleniumscraping', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['firecrawlscrapewebsite', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['jinascrapewebsite', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['serperscrapewebsite', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['spider', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['websitesearch', { tool: 'read_web_page', differs: WHOLE_PAGE }],
  ['fileread', { tool: 'read_file', differs: OWN_FILES }],
  ['filewriter', { tool: 'write_file', differs: OWN_FILES }],
  ['filewrite', { tool: 'write_file', differs: OWN_FILES }],
  ['directoryread', { tool: 'list_files', differs: OWN_FILES }],
  ['jsonsearch', { tool: 'json_query', differs: 'it takes values out by a query, not by meaning.' }],
  ...TOOLS.map(({ name }): [string, KnownTool] => [name.replaceAll('_', ''), { tool: name }]),
]);

/** Our tool for a name of CrewAI’s, which `bare` is without capitals, separators and the word tool. */
export const toolNamed = (bare: string): KnownTool | undefined => KNOWN.get(bare);
