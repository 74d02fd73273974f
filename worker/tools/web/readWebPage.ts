import { readWebPage as declaration, readWebPageArguments } from '#workflows/catalogue/webTools.ts';
import type { EgressResponse } from '../egress/readThrough.ts';
import type { Tool } from '../Tool.ts';
import { bodyText, contentType } from './bodyText.ts';
import { type Page, readPage } from './pageText.ts';

const MOST_CHARS = 20_000;
const HEADERS = {
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5',
  'user-agent': 'Mozilla/5.0 (compatible; Troupe)',
};

export const readWebPage: Tool = {
  declaration,
  async run(args, { egress, signal }) {
    const { url, from = 0 } = readWebPageArguments.parse(args);
    const response = await egress.read({ url, headers: HEADERS, signal });
    const text = bodyText(response);
    if (response.status >= 400)
      return { ok: false, text: `The page could not be read: the server answered ${response.status}.` };
    if (text === undefined)
      return {
        ok: false,
        text: `This is no page but ${contentType(response) || 'something else'}, which is not read here.`,
      };
    return show(pageOf(response, text), response.url, from);
  },
};

const IS_HTML = /html|xml/;

function pageOf(response: EgressResponse, text: string): Page {
  const isHtml = IS_HTML.test(contentType(response)) || /^\s*<(!doctype|html)/i.test(text.slice(0, 200));
  return isHtml ? readPage(text, response.url) : { title: '', text, links: [] };
}

function show({ title, text, links }: Page, url: string, from: number): string {
  const shown = text.slice(from, from + MOST_CHARS);
  const next = from + shown.length;
  const rest = text.length - next;
  return [
    `Title: ${title || '(none)'}`,
    `Address: ${url}`,
    '',
    shown || '(no text)',
    ...(rest > 0 ? [`[cut: ${rest} more characters; go on with from: ${next}]`] : []),
    ...(links.length > 0 && from === 0
      ? ['', 'Links:', ...links.map((link) => `- ${link.text}: ${link.url}`)]
      : []),
  ].join('\n');
}
