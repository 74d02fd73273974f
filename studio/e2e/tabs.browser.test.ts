import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { comeInAsGuest } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { isNow, openSimulation, startCrew } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
let models: ModelServer;

beforeAll(async () => {
  models = await startModelServer({});
  [product, browser] = await Promise.all([
    startProduct({ defaultModel: 'openai/gpt-4.1-mini', openaiBaseUrl: models.openaiBaseUrl }),
    launchBrowser(),
  ]);
});
beforeEach(() => models.reset());
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await models?.stop();
});

const TABS = 7;
const last = (page: Page) => page.getByTestId('transcript').locator('article').last();
const isFollowing = (page: Page) => page.getByText('live', { exact: true }).waitFor();

/** Streams that a page has opened and keeps. */
function countStreams(page: Page): () => number {
  const open = new Set<Request>();
  page.on('request', (request) => {
    if (request.url().includes('simulations.follow')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return () => open.size;
}

describe('many tabs of one browser', () => {
  it('follow one simulation by one stream, and the seventh loads like the first', async () => {
    models.script(({ prompt }) =>
      prompt.includes('Write it.') ? { text: 'The first half. The second half.', hold: 'half' } : undefined,
    );
    const { page, context, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const id = await startCrew(page, oneAfterAnother);
    const pages: Page[] = [page];
    while (pages.length < TABS) pages.push(await context.newPage());
    const streams = pages.map(countStreams);
    for (const tab of pages) {
      await openSimulation(tab, id);
      await isFollowing(tab);
      await last(tab).getByText('The first half').waitFor();
    }
    expect(streams.reduce((sum, count) => sum + count(), 0)).toBe(1);

    // Whoever speaks for the others goes, and another one takes its place.
    const speaker = streams.findIndex((count) => count() === 1);
    await pages[speaker]?.close();
    const left = pages.filter((_, place) => place !== speaker);
    models.release();
    for (const tab of left) {
      await last(tab).getByText('The second half.').waitFor();
      await isNow(tab, 'completed');
    }
    await leave();
  });

  it('follow as many simulations as there are tabs, some by looking again', async () => {
    models.script(({ prompt }) => (prompt.includes('Write it.') ? { hold: 'before' } : undefined));
    const { page, context, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const pages: Page[] = [page];
    while (pages.length < TABS) pages.push(await context.newPage());
    for (const tab of pages) {
      const id = await startCrew(page, oneAfterAnother);
      await openSimulation(tab, id);
      await tab.locator('article[data-node-id=write][data-status=running]').waitFor();
    }
    models.release();
    for (const tab of pages) await isNow(tab, 'completed');
    await leave();
  });
});
