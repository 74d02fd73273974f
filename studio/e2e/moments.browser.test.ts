import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, comeInAsGuest } from './actions.ts';
import { barriers, isTooWide } from './barriers.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { isNow, openSimulation, startCrew } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 200 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** A simulation that is over, and a fork of it. */
async function twoOfAFamily(page: Page): Promise<{ id: string; fork: string }> {
  const id = await startCrew(page, oneAfterAnother);
  await openSimulation(page, id);
  await isNow(page, 'completed');
  const edits = { agents: { bob: { goal: 'Write badly' } } };
  const answer = await ask(page, 'simulations.fork', { id, edits }, 'POST');
  const fork = z.object({ id: z.string() }).parse(answer).id;
  await openSimulation(page, fork);
  await isNow(page, 'completed');
  return { id, fork };
}

/** Every screen on which time is looked at, by name, with what shows that it is there. */
async function eachScreen(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  const { id, fork } = await twoOfAFamily(page);
  for (const tab of ['transcript', 'timeline', 'canvas', 'data']) {
    await openSimulation(page, id, `?tab=${tab}&t=5`);
    await page.getByTestId('replay-chip').waitFor();
    await look(`replay of the ${tab}`);
  }
  await openSimulation(page, id, '?t=5');
  await page.getByRole('switch', { name: /Hide/ }).click();
  await page.getByTestId('guess').waitFor();
  await look('guessing');
  await openSimulation(page, id, '?fork=1&t=5');
  await page.locator('[data-testid=fork-preview][data-current=true]').waitFor();
  await look('fork');
  await openSimulation(page, fork, '?family=1');
  await page.getByTestId('family-panel').getByText('Bob’s goal').waitFor();
  await look('family');
  await openSimulation(page, fork, '?step=t1%2Fwrite%2F0%2Fthink.1');
  await page.getByTestId('step-panel').getByText('steps again').waitFor();
  await look('step');
  await openSimulation(page, id, '?variants=t1%2Fwrite%2F0%2Fthink.1');
  await page.getByTestId('variants').getByText('As it was').waitFor();
  await page.getByRole('button', { name: 'Add a variant' }).click();
  await look('variants');
  await page.goto(`/simulations/compare?a=${id}&b=${fork}`);
  await page.getByTestId('compared-answers').locator('ins, del').first().waitFor();
  await look('comparison');
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it('keeps nobody out of the past', async () => {
    const { page, leave } = await visit(browser, { url: product.url, theme, width: 1440, height: 900 });
    await comeInAsGuest(page);
    const found: Record<string, string[]> = {};
    await eachScreen(page, async (screen) => {
      found[screen] = await barriers(page);
    });
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    await leave();
  });
});

describe('on a phone', () => {
  it('nothing needs a scroll to the side', async () => {
    const { page, leave } = await visit(browser, {
      url: product.url,
      width: 390,
      height: 844,
      hasTouch: true,
    });
    await comeInAsGuest(page);
    const tooWide: string[] = [];
    await eachScreen(page, async (screen) => {
      if (await isTooWide(page)) tooWide.push(screen);
    });
    expect(tooWide).toEqual([]);
    await leave();
  });
});
