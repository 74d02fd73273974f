import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

const url = z.string().min(1).max(4_000);

/** Methods that change nothing by themselves; the others count as a change of the outside world. */
export const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export const httpRequestArguments = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  url: url.describe('A public http or https address.'),
  headers: z
    .record(z.string().max(100), z.string().max(4_000))
    .optional()
    .describe('Headers of the request.'),
  json: z.unknown().optional().describe('Sent as the JSON body.'),
  body: z.string().max(200_000).optional().describe('Sent as the body as it is. Not together with json.'),
});

export const httpRequest: ToolDeclaration = {
  name: 'http_request',
  title: 'HTTP request',
  summary: 'Calls a public web API. Saved credentials are added for their own address, and for no other.',
  description:
    'Sends one HTTP request to a public web address and gives back status, some headers and the body as text. ' +
    'Never write keys or passwords into it: saved credentials are added by themselves.',
  parameters: jsonSchema(httpRequestArguments),
  changesOutsideWorld: true,
  version: '1',
};

export const readWebPageArguments = z.strictObject({
  url: url.describe('Address of the page.'),
  from: z
    .int()
    .min(0)
    .max(5_000_000)
    .optional()
    .describe('Character to go on from, when an earlier call said that the text was cut.'),
});

export const readWebPage: ToolDeclaration = {
  name: 'read_web_page',
  title: 'Read web page',
  summary: 'Reads the text of a public web page, without menus and advertisements, and its links.',
  description: 'Reads a web page: its title, the text of its main part and the links in it.',
  parameters: jsonSchema(readWebPageArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const webSearchArguments = z.strictObject({
  query: z.string().min(1).max(400).describe('What to look for.'),
  count: z.int().min(1).max(10).optional().describe('How many results; 5 when left out.'),
});

export const webSearch: ToolDeclaration = {
  name: 'web_search',
  title: 'Web search',
  summary: 'Searches the web through Serper, Tavily or Brave, with the key of whoever runs this server.',
  description: 'Searches the web and gives back titles, addresses and short excerpts of the best results.',
  parameters: jsonSchema(webSearchArguments),
  changesOutsideWorld: false,
  version: '1',
};
