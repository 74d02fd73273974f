import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { comeInAsGuest } from './actions.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { isNow, openSimulation, seqInUrl, startCrew, statusOf } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 0 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

// Four events a task: two thousand of them.
const TASKS = 500;
const MOST_ROWS = 200;
const MOST_CARDS = 150;
const ROWS =
  '[data-testid=timeline] button, [data-testid=transcript] article, [role=row], [role=listitem], li';

const rows = (page: Page) => page.locator(ROWS).count();
const cards = (page: Page) => page.locator('.react-flow__node').count();

/** Whether all of a card is within the stage. */
const isOnStage = (page: Page, id: string): Promise<boolean> =>
  page.evaluate((nodeId) => {
    const card = document.querySelector(`article[data-node-id=${nodeId}]`)?.getBoundingClientRect();
    const stage = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!card || !stage) return false;
    const isInside = card.left >= stage.left && card.right <= stage.right;
    return isInside && card.top >= stage.top && card.bottom <= stage.bottom;
  }, id);

describe('a simulation of two thousand events', () => {
  it('keeps the page small, and the canvas where something is done', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    const id = await startCrew(page, chain(TASKS));
    await expect.poll(() => statusOf(page, id), { timeout: 120_000, interval: 500 }).toBe('completed');

    await openSimulation(page, id);
    await isNow(page, 'completed');
    await page.getByTestId('timeline').getByRole('button').first().waitFor();
    expect(await rows(page)).toBeLessThanOrEqual(MOST_ROWS);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('list', { name: 'Steps' }).getByRole('button').first().waitFor();
    expect(await rows(page)).toBeLessThanOrEqual(MOST_ROWS);
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.locator('[data-seq]').first().waitFor();
    expect(await rows(page)).toBeLessThanOrEqual(MOST_ROWS);

    await page.getByRole('tab', { name: 'Canvas' }).click();
    await expect.poll(() => isOnStage(page, `t${TASKS}`)).toBe(true);
    expect(await cards(page)).toBeLessThanOrEqual(MOST_CARDS);
    for (let step = 0; step < 2; step += 1) await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.getByRole('button', { name: /^[5-9]\d %$/ }).waitFor();
    expect(await cards(page)).toBeLessThanOrEqual(MOST_CARDS);

    await page.keyboard.press('Home');
    await expect.poll(() => isOnStage(page, 't1')).toBe(true);
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => isOnStage(page, 't12')).toBe(true);
    expect(await cards(page)).toBeLessThanOrEqual(MOST_CARDS);
    await leave();
  });

  it('lists its moments for keys alone, a few at a time', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    const id = await startCrew(page, chain(40));
    await openSimulation(page, id);
    await isNow(page, 'completed');
    await page.getByRole('button', { name: 'Go to a moment' }).focus();
    await page.keyboard.press('Enter');
    const moments = page.getByRole('dialog', { name: 'Moments' });
    await expect
      .poll(() => moments.getByRole('button', { name: /^t40 is done/ }).evaluate(isFocused))
      .toBe(true);
    await page.keyboard.press('Home');
    await expect
      .poll(() => moments.getByRole('button', { name: /^t1 is done/ }).evaluate(isFocused))
      .toBe(true);
    expect(await moments.getByRole('button').count()).toBeLessThan(40);
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => moments.getByRole('button', { name: /^t31 is done/ }).evaluate(isFocused))
      .toBe(true);
    await page.keyboard.press('Enter');
    await moments.waitFor({ state: 'detached' });
    await page.getByTestId('replay-chip').waitFor();
    await expect.poll(() => seqInUrl(page)).toBeGreaterThan(1);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    const steps = page.getByRole('list', { name: 'Steps' }).getByRole('button');
    await steps.filter({ hasText: 't31' }).waitFor();
    expect(await steps.filter({ hasText: 't33' }).count()).toBe(0);
    await leave();
  });
});

const isFocused = (element: Element): boolean => element === document.activeElement;
