import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comeInAsGuest } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { isNow, openSimulation, startCrew } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('says until when a simulation is kept, and keeps it for good, or for as long as the workspace says', async () => {
  const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  const id = await startCrew(page, oneAfterAnother);
  await openSimulation(page, id);
  await isNow(page, 'completed');
  const kept = page.getByTestId('kept-until');
  await kept.getByText('Kept until').waitFor();
  await kept.getByRole('button', { name: 'Keep' }).click();
  await kept.getByText('Kept for good').waitFor();
  await page.goto(`${product.url}/simulations`);
  await page.getByTestId('simulation-row').getByText('kept for good').waitFor();

  await openSimulation(page, id);
  await kept.getByRole('button', { name: 'Let it go' }).click();
  await kept.getByText('Kept until').waitFor();
  await page.goto(`${product.url}/settings/workspace`);
  const term = page.getByLabel('After its end');
  await term.selectOption('As long as the workspace is there');
  await page.getByText('It is kept for as long as you said.').first().waitFor();
  await openSimulation(page, id);
  await isNow(page, 'completed');
  expect(await kept.count()).toBe(0);
  await leave();
});
