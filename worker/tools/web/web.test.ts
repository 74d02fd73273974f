import { describe, expect, it } from 'vitest';
import { EgressBlocked } from '../egress/EgressBlocked.ts';
import type { EgressRequest, EgressResponse } from '../egress/readThrough.ts';
import { readCall, runCall } from '../runTool.ts';
import type { ToolContext } from '../Tool.ts';
import { toolContext } from '../testing/toolContext.ts';
import { toolsForTests } from '../testing/toolsForTests.ts';
import { httpRequest } from './httpRequest.ts';
import { readPage } from './pageText.ts';
import { createWebSearch } from './webSearch.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly isCut?: boolean;
}

/** A door with one answer behind it, which remembers what it was asked. */
function door(answer: Answer = {}, given: Partial<ToolContext> = {}) {
  const asked: EgressRequest[] = [];
  const read = async (request: EgressRequest): Promise<EgressResponse> => {
    asked.push(request);
    const { status = 200, headers = {}, body = '', isCut = false } = answer;
    return { url: request.url, status, headers: new Headers(headers), body: Buffer.from(body), isCut };
  };
  const { egress } = toolContext();
  return { asked, context: toolContext({ egress: { ...egress, read }, ...given }) };
}

const tools = toolsForTests();
const call = (name: string, args: unknown, context: ToolContext) =>
  runCall(readCall(tools.get(name), { name, rawArguments: JSON.stringify(args), usable: [] }), context);

describe('an HTTP request', () => {
  it('gives status, useful headers and body, and hides the rest', async () => {
    const { context } = door({
      headers: { 'content-type': 'application/json', 'set-cookie': 'session=1', server: 'x' },
      body: '{"a":1}',
    });
    expect(await call('http_request', { url: 'https://api.example/a' }, context)).toEqual({
      ok: true,
      text: 'HTTP 200 from https://api.example/a\ncontent-type: application/json\n\n{"a":1}',
    });
  });

  it('sends JSON with its type, and a key by which a repeat is known', async () => {
    const { asked, context } = door();
    await call('http_request', { method: 'POST', url: 'https://api.example/', json: { a: 1 } }, context);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${context.simulationId}/${context.path}`,
      },
    });
  });

  it('says that a server failed, so that a policy on failures can act', async () => {
    const { context } = door({ status: 500, headers: { 'content-type': 'text/plain' }, body: 'boom' });
    const result = await call('http_request', { url: 'https://api.example/' }, context);
    expect(result).toMatchObject({ ok: false, text: expect.stringContaining('HTTP 500') });
  });

  it('shows no bytes that are not text, and says when an answer was cut', async () => {
    const image = door({ headers: { 'content-type': 'image/png' }, body: new Uint8Array([137, 80, 0]) });
    expect((await call('http_request', { url: 'https://x.example/' }, image.context)).text).toContain(
      '[3 bytes of image/png]',
    );
    const long = door({ body: 'x'.repeat(70_000) });
    expect((await call('http_request', { url: 'https://x.example/' }, long.context)).text).toMatch(
      /\[cut: the answer is longer\]$/,
    );
  });

  it('reads a body in the charset that the server names', async () => {
    const latin = door({
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      body: new Uint8Array([0xe9]),
    });
    expect((await call('http_request', { url: 'https://x.example/' }, latin.context)).text).toMatch(/é$/);
  });

  it.each([
    [{ url: 'https://x.example/', json: 1, body: 'a', method: 'POST' }, 'either json or body'],
    [{ url: 'https://x.example/', method: 'TRACE' }, 'do not fit'],
    [{ url: 'https://x.example/', headers: { a: 1 } }, 'do not fit'],
    [{ url: 'https://x.example/', dispatcher: {} }, 'do not fit'],
  ])('refuses %j', async (args, problem) => {
    const { asked, context } = door();
    const result = await call('http_request', args, context);
    expect([result.ok, asked.length]).toEqual([false, 0]);
    expect(result.text).toContain(problem);
  });

  it('V15: tells the agent that an address is shut, and nothing more', async () => {
    const { egress } = toolContext();
    const read = async () => {
      throw new EgressBlocked('address');
    };
    const context = toolContext({ egress: { ...egress, read } });
    const result = await call('http_request', { url: 'http://169.254.169.254/latest/meta-data/' }, context);
    expect(result).toEqual({
      ok: false,
      blocked: { reason: 'address', host: undefined },
      text: 'This address is not on the public internet, so it may not be opened from here.',
    });
  });

  it('knows which calls a fork may make as they are', () => {
    expect(httpRequest.onlyReads?.({ url: 'https://x.example/' })).toBe(true);
    expect(httpRequest.onlyReads?.({ url: 'https://x.example/', method: 'HEAD' })).toBe(true);
    expect(httpRequest.onlyReads?.({ url: 'https://x.example/', method: 'POST' })).toBe(false);
    expect(httpRequest.onlyReads?.({ nonsense: true })).toBe(false);
  });
});

describe('V21: a credential', () => {
  /** Saved for https://api.example alone. */
  const saved: ToolContext['credentials'] = {
    find: async (providers, origin) =>
      providers.includes('http') && origin === 'https://api.example'
        ? {
            id: 'c',
            provider: 'http',
            slug: null,
            url: null,
            origins: ['https://api.example'],
            secretAt: new Date(0),
          }
        : null,
    reveal: async (id, origin) => {
      if (origin !== 'https://api.example') throw new Error('asked for another origin');
      const rest = { name: 'Mine', provider: 'http', username: null, url: null };
      return { ...rest, id, value: 'canary', header: 'X-Key', prefix: 'Token ' };
    },
    redact: (value) => value,
  };

  it('is added for its own origin, by the door and not by the model', async () => {
    const { asked, context } = door({}, { credentials: saved });
    await call('http_request', { url: 'https://api.example/x' }, context);
    expect(asked[0]?.secret).toEqual({
      origin: 'https://api.example',
      header: 'X-Key',
      value: 'Token canary',
    });
    expect(JSON.stringify({ ...asked[0], secret: null })).not.toContain('canary');
  });

  it.each([
    'https://evil.example/',
    'http://api.example/',
    'https://api.example:8443/',
    'https://api.example.evil.example/',
  ])('is not added for %s', async (url) => {
    const { asked, context } = door({}, { credentials: saved });
    await call('http_request', { url }, context);
    expect(asked[0]?.secret).toBeUndefined();
  });
});

describe('reading a web page', () => {
  const html = `<!doctype html><html><head><title>A &amp; B</title><script>alert(1)</script></head><body>
    <nav><a href="/home">Home</a></nav><article><h1>Prices</h1>
    <p>${'Bread costs two euros in this town, and has done so for years. '.repeat(8)}</p>
    <p>${'Milk costs one euro, which the farmers think is too little, and they say so. '.repeat(8)}</p>
    <ul><li>bread</li><li>milk</li></ul>
    <p>See <a href="/more?q=1#top">more</a>, <a href="javascript:alert(1)">click</a> and <a href="mailto:a@b.c">mail</a>.</p>
    <style>p{}</style></article><footer>Imprint</footer></body></html>`;
  const page = (body: string, headers = { 'content-type': 'text/html; charset=utf-8' }) =>
    door({ headers, body }).context;
  const read = async (args: object, context: ToolContext) =>
    (await call('read_web_page', args, context)).text;

  it('gives title, text of the article and links, and no scripts', async () => {
    const text = await read({ url: 'https://shop.example/a/b' }, page(html));
    expect(text).toMatch(/^Title: A & B\nAddress: https:\/\/shop\.example\/a\/b\n/);
    expect(text).toContain('Bread costs two euros');
    expect(text).toContain('- bread\n- milk');
    expect(text).toContain('- more: https://shop.example/more?q=1');
    expect(text).not.toMatch(/alert|javascript:|mailto|Imprint|p\{\}/);
  });

  it('reads all of a page that is no article', () => {
    const { title, text, links } = readPage(
      '<title>Menu</title><h2>Today</h2><table><tr><td>Soup</td><td>5</td></tr></table><a href="b">B</a>',
      'https://x.example/a/',
    );
    expect(title).toBe('Menu');
    expect(text).toContain('## Today');
    expect(text).toContain('Soup | 5 |');
    expect(links).toEqual([{ text: 'B', url: 'https://x.example/a/b' }]);
  });

  it('goes on where it was cut', async () => {
    const long = page(`<p>${'word '.repeat(10_000)}</p>`);
    const first = await read({ url: 'https://x.example/' }, long);
    expect(first).toContain('more characters; go on with from: 20000]');
    expect((await read({ url: 'https://x.example/', from: 45_000 }, long)).length).toBeLessThan(6_000);
  });

  it('reads plain text and refuses what is no page', async () => {
    expect(
      await read(
        { url: 'https://x.example/robots.txt' },
        page('User-agent: *', { 'content-type': 'text/plain' }),
      ),
    ).toContain('User-agent: *');
    const pdf = door({ headers: { 'content-type': 'application/pdf' }, body: '%PDF' }).context;
    expect(await call('read_web_page', { url: 'https://x.example/a.pdf' }, pdf)).toEqual({
      ok: false,
      text: 'This is no page but application/pdf, which is not read here.',
    });
    const gone = door({ status: 404, headers: { 'content-type': 'text/html' }, body: 'x' }).context;
    expect((await call('read_web_page', { url: 'https://x.example/' }, gone)).ok).toBe(false);
  });

  it.each([
    ['nested without end', '<div>'.repeat(60_000)],
    ['a megabyte of one tag', '<b>'.repeat(500_000)],
    ['nested links', '<a href="/x">'.repeat(110_000)],
    ['nested pictures', '<svg>'.repeat(300_000)],
    ['paragraphs that never close', '<p>x'.repeat(375_000)],
    ['all tags', '<a href=x>y</a>'.repeat(60_000)],
    ['all attributes', `<p ${'a="b" '.repeat(100_000)}>x</p>`],
    ['broken', '<<<>>>&&&&;;<!-'.repeat(50_000)],
    ['empty', ''],
    ['a comment that never ends', `<!--${'x'.repeat(500_000)}`],
  ])('survives a page that is %s', (_, source) => {
    expect(() => readPage(source, 'https://x.example/')).not.toThrow();
  });
});

describe('searching the web', () => {
  const answers = {
    serper: { organic: [{ title: 'T', link: 'https://a.example/', snippet: 'S' }] },
    tavily: { results: [{ title: 'T', url: 'https://a.example/', content: 'S' }] },
    brave: {
      web: { results: [{ title: 'T', url: 'https://a.example/', description: '<strong>S</strong>' }] },
    },
  };

  it.each(['serper', 'tavily', 'brave'] as const)(
    'asks %s, with its key for that service alone',
    async (name) => {
      const { asked, context } = door({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answers[name]),
      });
      const result = await createWebSearch({ [name]: 'canary' }).run({ query: 'bread & milk' }, context);
      expect(result).toBe('1. T\nhttps://a.example/\nS');
      const [request] = asked;
      expect(request?.secret?.value).toContain('canary');
      expect(new URL(request?.url ?? '').origin).toBe(request?.secret?.origin);
      expect(JSON.stringify({ ...request, secret: null })).not.toContain('canary');
    },
  );

  it('prefers a key of the workspace, for its own service', async () => {
    const credentials: ToolContext['credentials'] = {
      find: async () => ({
        id: 'c',
        provider: 'tavily',
        slug: null,
        url: null,
        origins: [],
        secretAt: new Date(0),
      }),
      reveal: async (id, origin) => {
        expect(origin).toBe('https://api.tavily.com');
        const rest = { name: 'T', provider: 'tavily', username: null, url: null, header: '', prefix: '' };
        return { ...rest, id, value: 'workspace-key' };
      },
      redact: (value) => value,
    };
    const { asked, context } = door({ body: '{}' }, { credentials });
    await createWebSearch({ serper: 'operator-key' }).run({ query: 'x' }, context);
    expect(asked[0]?.secret?.value).toBe('Bearer workspace-key');
  });

  it('says what is missing when there is no key', async () => {
    const { asked, context } = door();
    const result = await call('web_search', { query: 'x' }, context);
    expect(result.ok).toBe(false);
    expect(result.text).toContain('no key for Serper, Tavily or Brave');
    expect(asked).toEqual([]);
  });

  it('says when the service refuses, or answers nonsense', async () => {
    const search = createWebSearch({ serper: 'k' });
    expect(await search.run({ query: 'x' }, door({ status: 403 }).context)).toEqual({
      ok: false,
      text: 'Serper did not search: it answered 403.',
    });
    await expect(search.run({ query: 'x' }, door({ body: '<html>' }).context)).rejects.toThrow(
      'no list of results',
    );
    expect(await search.run({ query: 'x' }, door({ body: '{}' }).context)).toBe('Nothing was found.');
  });
});
