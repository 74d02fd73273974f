import {
  httpRequest as declaration,
  httpRequestArguments,
  READING_METHODS,
} from '#workflows/catalogue/webTools.ts';
import type { EgressRequest, EgressResponse } from '../egress/readThrough.ts';
import { type Tool, type ToolContext, ToolProblem } from '../Tool.ts';
import { bodyText, contentType } from './bodyText.ts';

/** What of an answer's headers a model has a use for; cookies and the rest are nobody's business. */
const SHOWN_HEADERS = [
  'content-type',
  'location',
  'link',
  'retry-after',
  'etag',
  'last-modified',
  'x-total-count',
];
const MOST_CHARS = 60_000;

export const httpRequest: Tool = {
  declaration,
  onlyReads: (args) => READING_METHODS.has(httpRequestArguments.safeParse(args).data?.method ?? ''),
  async run(args, context) {
    const { method, url, headers = {}, json, body } = httpRequestArguments.parse(args);
    if (json !== undefined && body !== undefined)
      throw new ToolProblem('Send either json or body, not both.');
    const response = await context.egress.read({
      url,
      method,
      ...withBody({ method, headers: withKey(method, headers, context), json, body }),
      secret: await secretFor(url, context),
      signal: context.signal,
    });
    return { text: show(response), ok: response.status < 400 };
  },
};

interface Written {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  readonly body: string | undefined;
}

function withBody({ method, headers, json, body }: Written): Pick<EgressRequest, 'headers' | 'body'> {
  if (READING_METHODS.has(method)) return { headers };
  if (json === undefined) return { headers, body };
  return {
    headers: { 'content-type': 'application/json', ...lowerCased(headers) },
    body: JSON.stringify(json),
  };
}

/**
 * Servers that know such keys do once what is sent twice: after a crash nobody knows whether a call arrived, and it is
 * made again.
 */
function withKey(
  method: string,
  headers: Written['headers'],
  { simulationId, path }: ToolContext,
): Written['headers'] {
  const given = lowerCased(headers);
  return READING_METHODS.has(method) ? given : { 'idempotency-key': `${simulationId}/${path}`, ...given };
}

const lowerCased = (headers: Written['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The credential that was saved for this origin, if the crew may use it. The model neither names nor sees it. */
async function secretFor(url: string, { credentials }: ToolContext): Promise<EgressRequest['secret']> {
  if (!URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  const found = await credentials.find(['http'], origin);
  if (!found) return undefined;
  const { header, prefix, value } = await credentials.reveal(found.id, origin);
  return { origin, header, value: `${prefix}${value}` };
}

function show(response: EgressResponse): string {
  const { status, headers, body, isCut, url } = response;
  const head = SHOWN_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value.slice(0, 500)}`];
  });
  const text =
    bodyText(response) ?? `[${body.length} bytes of ${contentType(response) || 'unknown content'}]`;
  const shown = text.slice(0, MOST_CHARS);
  const note = isCut || shown.length < text.length ? '\n[cut: the answer is longer]' : '';
  return [`HTTP ${status} from ${url}`, ...head, '', shown + note].join('\n');
}
