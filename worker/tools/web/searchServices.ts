import { z } from 'zod';
import { CREDENTIAL_KINDS } from '#workflows/catalogue/credentials.ts';
import type { EgressRequest } from '../egress/readThrough.ts';

export interface SearchResult {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

export interface SearchKeys {
  readonly serper?: string | undefined;
  readonly tavily?: string | undefined;
  readonly brave?: string | undefined;
}

type Asked = Omit<EgressRequest, 'signal'>;

/** One service: how it is asked, and how it answers. */
export interface SearchService {
  readonly title: string;
  ask(query: string, count: number): Asked;
  read(answer: unknown): readonly SearchResult[];
}

const text = z.string().default('');

const serper = (key: string): SearchService => ({
  title: 'Serper',
  ask: (q, num) => ({
    url: 'https://google.serper.dev/search',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ q, num }),
    secret: { origin: 'https://google.serper.dev', header: 'x-api-key', value: key },
  }),
  read: (answer) =>
    z
      .object({ organic: z.array(z.object({ title: text, link: z.string(), snippet: text })).default([]) })
      .parse(answer)
      .organic.map(({ title, link, snippet }) => ({ title, url: link, excerpt: snippet })),
});

const tavily = (key: string): SearchService => ({
  title: 'Tavily',
  ask: (query, max_results) => ({
    url: 'https://api.tavily.com/search',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, max_results }),
    secret: { origin: 'https://api.tavily.com', header: 'authorization', value: `Bearer ${key}` },
  }),
  read: (answer) =>
    z
      .object({ results: z.array(z.object({ title: text, url: z.string(), content: text })).default([]) })
      .parse(answer)
      .results.map(({ title, url, content }) => ({ title, url, excerpt: content })),
});

const brave = (key: string): SearchService => ({
  title: 'Brave',
  ask: (q, count) => ({
    url: `https://api.search.brave.com/res/v1/web/search?${new URLSearchParams({ q, count: String(count) })}`,
    headers: { accept: 'application/json' },
    secret: { origin: 'https://api.search.brave.com', header: 'x-subscription-token', value: key },
  }),
  read: (answer) =>
    (
      z
        .object({
          web: z
            .object({ results: z.array(z.object({ title: text, url: z.string(), description: text })) })
            .optional(),
        })
        .parse(answer).web?.results ?? []
    ).map(({ title, url, description }) => ({
      title,
      url,
      excerpt: description.slice(0, 2_000).replace(/<[^>]*>/g, ''),
    })),
});

const SERVICES = new Map([
  ['serper', serper],
  ['tavily', tavily],
  ['brave', brave],
]);

/** Where the key of each goes, and nowhere else. */
export const SEARCH_ORIGINS = new Map(
  CREDENTIAL_KINDS.flatMap(({ provider, group, origin }) =>
    group === 'search' && origin !== undefined ? [[provider, origin] as const] : [],
  ),
);

export const searchService = (name: string, key: string): SearchService | undefined =>
  SERVICES.get(name)?.(key);

/** The first for which the operator has a key. */
export function operatorsService(keys: SearchKeys): SearchService | undefined {
  for (const [name, key] of Object.entries(keys)) if (key) return searchService(name, key);
  return undefined;
}
