import { isProbablyReaderable, Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

export interface Page {
  readonly title: string;
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** Reading is work for the processor, and a page is whatever somebody sends. */
const MOST_HTML = 1_500_000;
const MOST_TAGS = 20_000;
const MOST_LINKS = 40;
/** Looked at for them: one may hold all the others, and each is read to its end. */
const MOST_ANCHORS = 500;
const LINK_TEXT = 120;
const NOT_TEXT = 'script, style, noscript, template, svg, iframe, object, embed, canvas';

/** Title, text and links of a page: of its article if it has one, else of all of it. */
export function readPage(html: string, address: string): Page {
  const { document } = parseHTML(whole(bounded(html)));
  if (document.documentElement === null) return { title: '', text: html.slice(0, MOST_HTML), links: [] };
  const title = oneLine(document.querySelector('title')?.textContent ?? '');
  for (const element of document.querySelectorAll(NOT_TEXT)) element.remove();
  const article = findArticle(document);
  const root = article ? parseHTML(`<!doctype html><body>${article.content}</body>`).document : document;
  const body = root.querySelector('body') ?? root.documentElement;
  return { title: article?.title || title, text: textOf(body), links: linksOf(body, address) };
}

/**
 * As much of a page as can be parsed at once. The parser takes time by the square of nested tags: a megabyte of `<b>`
 * would hold the worker for minutes.
 */
function bounded(html: string): string {
  let at = -1;
  for (let tags = 0; tags <= MOST_TAGS; tags += 1) {
    at = html.indexOf('<', at + 1);
    if (at === -1 || at > MOST_HTML) return html.slice(0, MOST_HTML);
  }
  return html.slice(0, at);
}

/** The parser takes the first element for the whole document; many pages leave out the one that holds it. */
const whole = (html: string): string =>
  /<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;

/** Null for a page that is no article: a list of links, a form, an application. */
function findArticle(document: Document): { title: string; content: string } | null {
  if (!isProbablyReaderable(document)) return null;
  const article = new Readability(document.cloneNode(true) as Document).parse();
  const content = article?.content ?? '';
  return content === '' ? null : { title: oneLine(article?.title ?? ''), content };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const BLOCKS =
  /^(p|div|section|article|header|footer|main|aside|nav|ul|ol|dl|dt|dd|table|tr|blockquote|pre|figure|figcaption|form|fieldset|address|hr)$/i;

/** Text with its lines, headings and list marks, and nothing else of the page. Walks without recursion: pages nest as they like. */
function textOf(root: Element): string {
  const out: string[] = [];
  const stack: (Node | string)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === undefined) break;
    if (typeof node === 'string') out.push(node);
    else if (node.nodeType === node.TEXT_NODE) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
    else if (node.nodeType === node.ELEMENT_NODE) stack.push(...inReverse(node));
  }
  return out
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function inReverse(node: Node): (Node | string)[] {
  const [before, after] = marks(node.nodeName);
  const parts: (Node | string)[] = [before, ...node.childNodes, after];
  return parts.filter((part) => part !== '').reverse();
}

function marks(name: string): readonly [string, string] {
  const heading = /^h([1-6])$/i.exec(name)?.[1];
  if (heading !== undefined) return [`\n\n${'#'.repeat(Number(heading))} `, '\n\n'];
  if (/^li$/i.test(name)) return ['\n- ', ''];
  if (/^br$/i.test(name)) return ['\n', ''];
  if (/^(td|th)$/i.test(name)) return ['', ' | '];
  return BLOCKS.test(name) ? ['\n\n', '\n\n'] : ['', ''];
}

function linksOf(root: Element, address: string): Page['links'] {
  const links = new Map<string, string>();
  for (const anchor of [...root.querySelectorAll('a[href]')].slice(0, MOST_ANCHORS)) {
    const href = anchor.getAttribute('href') ?? '';
    const text = oneLine(anchor.textContent ?? '').slice(0, LINK_TEXT);
    if (text === '' || !URL.canParse(href, address)) continue;
    const url = new URL(href, address);
    url.hash = '';
    if (/^https?:$/.test(url.protocol) && !links.has(url.href)) links.set(url.href, text);
    if (links.size === MOST_LINKS) break;
  }
  return [...links].map(([url, text]) => ({ url, text }));
}
