import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { comeInAsGuest, makeCrew, openCrew } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { openLine } from './openLine.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
let models: ModelServer;

beforeAll(async () => {
  models = await startModelServer({ length: 60 });
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

const task = (page: Page, id: string, status: string) =>
  page.locator(`article[data-node-id=${id}][data-status=${status}]`);

async function run(page: Page): Promise<void> {
  await comeInAsGuest(page);
  await openCrew(page, await makeCrew(page, oneAfterAnother));
  await page.getByTestId('run').click();
}

const callsOf = (prompt: string) => models.callsFor((call) => call.prompt.includes(prompt)).length;

/** Numbers of the events that the page of the simulation shows. */
async function seqsShown(page: Page): Promise<number[]> {
  await page.getByRole('link', { name: 'Open the simulation' }).click();
  await page.getByRole('tab', { name: 'Data' }).click();
  const rows = page.locator('[data-seq]');
  await rows.first().waitFor();
  return rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-seq'))));
}

describe('while it runs', () => {
  it('the network goes and comes: nothing is missed, and nothing told twice', async () => {
    models.script((call) => (call.prompt.includes('Think it.') ? { hold: 'before' } : undefined));
    const line = await openLine(product.url);
    const { page, leave, expectErrors } = await visit(browser, { url: line.url });
    expectErrors(/ERR_|Failed to load resource/);
    await run(page);
    await task(page, 'think', 'running').waitFor();
    line.cut();
    await page.getByTestId('stage-notice').getByText('Reconnecting').waitFor();
    models.release();
    await models.until((calls) => calls.some((call) => call.finished && call.prompt.includes('Write it.')));
    line.mend();
    await page.getByTestId('result').getByText('Completed').waitFor();
    const seqs = await seqsShown(page);
    expect(seqs).toEqual(seqs.map((_, place) => place + 1));
    await leave();
    await line.close();
  });

  it('the worker dies: another goes on, and the page with it', async () => {
    models.script((call) =>
      call.prompt.includes('Think it.') && callsOf('Think it.') === 1 ? { hold: 'before' } : undefined,
    );
    const { page, leave } = await visit(browser, { url: product.url });
    await run(page);
    await task(page, 'think', 'running').waitFor();
    await models.until((calls) => calls.some(({ state }) => state === 'held'));
    await product.restartWorker();
    await page.getByTestId('result').getByText('Completed').waitFor();
    // The call in flight is the only one that is made again.
    expect(['Read it.', 'Think it.', 'Write it.'].map(callsOf)).toEqual([1, 2, 1]);
    const seqs = await seqsShown(page);
    expect(seqs).toEqual(seqs.map((_, place) => place + 1));
    await leave();
  });

  it('one in the middle fails: what comes after is not begun, and a retry begins there', async () => {
    let isBroken = true;
    models.script((call) => (call.prompt.includes('Think it.') && isBroken ? { status: 400 } : undefined));
    const { page, leave } = await visit(browser, { url: product.url });
    await run(page);
    const failure = page.getByTestId('failure');
    await failure.waitFor();
    for (const [id, status] of [
      ['read', 'completed'],
      ['think', 'failed'],
    ] as const)
      await task(page, id, status).waitFor();
    expect(await page.locator('article[data-node-id=write]').getAttribute('data-status')).not.toMatch(
      /running|completed|failed/,
    );
    expect(callsOf('Write it.')).toBe(0);
    isBroken = false;
    await failure.getByRole('button', { name: 'Retry from the failed task' }).click();
    await page.getByTestId('result').getByText('Completed').waitFor();
    expect(['Read it.', 'Write it.'].map(callsOf)).toEqual([1, 1]);
    await leave();
  });
});
