import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ask,
  card,
  comeInAsGuest,
  heard,
  makeCrew,
  openCrew,
  port,
  savedAfterEdit,
  savedGraph,
} from './actions.ts';
import { barriers, isTooWide } from './barriers.ts';
import { oneAfterAnother, twoIntoOne } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 100 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function runToEnd(page: Page): Promise<string> {
  await openCrew(page, await makeCrew(page, oneAfterAnother));
  await page.getByTestId('run').click();
  await page.getByTestId('result').getByText('Completed').waitFor();
  return new URL(page.url()).searchParams.get('run') ?? '';
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it('keeps nobody out of the main screens', async () => {
    const { page, leave } = await visit(browser, { url: product.url, theme, width: 1440, height: 900 });
    const found: Record<string, string[]> = {};
    const look = async (screen: string) => {
      found[screen] = await barriers(page);
    };
    await page.goto('/');
    await page.getByRole('button', { name: 'Try as guest' }).waitFor();
    await look('door');
    await page.goto('/signup');
    await page.getByLabel('Name').waitFor();
    await look('sign up');
    await comeInAsGuest(page);
    await look('crews');
    await page.getByRole('button', { name: 'New crew' }).click();
    await page.getByRole('menuitem').first().waitFor();
    await look('create menu');
    await page.getByRole('menuitem', { name: 'Import CrewAI project' }).click();
    await page.getByRole('dialog').waitFor();
    await look('import');
    const simulationId = await runToEnd(page);
    await look('canvas with a result');
    await card(page, 'Bob').click();
    await page.getByLabel('Inspector').getByLabel('Goal').fill('Write badly');
    await savedAfterEdit(page);
    await page.getByTestId('run').click();
    await page.locator('[data-testid=take-over][data-current=true]').waitFor();
    await look('run again');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await card(page, 'Think').click();
    await look('task');
    await card(page, 'Ann').click();
    await look('agent');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/A card, a crew/).waitFor();
    await look('finder');
    for (const tab of ['transcript', 'timeline', 'canvas', 'data']) {
      await page.goto(`/simulations/${simulationId}?tab=${tab}`);
      await page.getByRole('tab', { selected: true }).waitFor();
      await page.getByTestId('simulation-status').waitFor();
      await look(tab);
    }
    await page.goto(`/simulations/${simulationId}`);
    await page.getByTestId('timeline').locator('[data-path]').first().click();
    await page.getByTestId('step-panel').getByText('Who it is').first().waitFor();
    await look('step');
    await page.goto('/simulations');
    await page.getByTestId('simulation-row').first().waitFor();
    await look('simulations');
    await page.goto('/nowhere');
    await page.getByText('Nobody is on this stage').waitFor();
    await look('not found');
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    await leave();
  });
});

describe('by keyboard alone', () => {
  it('a crew is drawn, connected, named and run', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    const crewId = z
      .object({ id: z.string() })
      .parse(await ask(page, 'crews.create', { name: 'Typed', graph: { nodes: [], edges: [] } }, 'POST')).id;
    await openCrew(page, crewId);
    const write = async (fields: readonly string[]) => {
      for (const text of fields) {
        await page.keyboard.press('Control+a');
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      }
    };
    await page.keyboard.press('Shift+A');
    await card(page, 'New agent').waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await write(['Typist', 'Writer', 'Type well', 'Has typed before']);
    await page.keyboard.press('Escape');
    await expect
      .poll(() => card(page, 'Typist').evaluate((node) => node === document.activeElement))
      .toBe(true);
    await page.keyboard.press('Shift+T');
    const task = card(page, 'New task');
    await expect.poll(() => task.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await write(['Typing', 'Type a sentence.', 'One sentence.']);
    await page.keyboard.press('T');
    await card(page, 'Typing').getByText('Typist').waitFor();
    await expect.poll(() => heard(page)).toContain('Connected');
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('result').getByText('Completed').waitFor();
    await leave();
  });

  it('the first stop on the stage is a card, and the focus can be seen', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, twoIntoOne));
    const palette = page.getByRole('complementary', { name: 'Palette' });
    await palette.getByRole('link', { name: 'Open the library' }).waitFor();
    // Whatever is the last thing before the stage.
    await palette.locator('a, button').last().focus();
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => ({
      isCard: document.activeElement?.classList.contains('react-flow__node') ?? false,
      outline: getComputedStyle(document.activeElement?.firstElementChild ?? document.body).outlineStyle,
    }));
    expect(first).toEqual({ isCard: true, outline: 'solid' });
    await leave();
  });
});

describe('on a phone', () => {
  it('a crew is drawn by taps, run, watched and read, without a scroll to the side', async () => {
    const { page, leave } = await visit(browser, {
      url: product.url,
      width: 390,
      height: 844,
      hasTouch: true,
    });
    await comeInAsGuest(page);
    expect(await isTooWide(page)).toBe(false);
    const crewId = await makeCrew(page, twoIntoOne);
    await openCrew(page, crewId);
    await page.getByRole('button', { name: 'Add to the stage' }).tap();
    await page.getByRole('presentation').getByTestId('palette-note').tap();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(7);
    await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('button', { name: 'Show all' }).tap();
    await port(card(page, 'Left'), 'out').tap();
    await port(card(page, 'Apart'), 'in').tap();
    await savedAfterEdit(page);
    const lines = (await savedGraph(page, crewId)).edges.map(({ from, to }) => `${from} ${to}`);
    expect(lines).toContain('left apart');
    expect(await isTooWide(page)).toBe(false);
    await page.getByTestId('run').tap();
    await page.getByTestId('result').getByText('Completed').waitFor();
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('link', { name: 'Open the simulation' }).tap();
    await page.getByTestId('transcript').getByText('Bob').first().waitFor();
    expect(await isTooWide(page)).toBe(false);
    await page.getByTestId('timeline').locator('[data-path]').first().tap();
    await page.getByTestId('step-panel').getByText('Who it is').first().waitFor();
    expect(await isTooWide(page)).toBe(false);
    await page.goto('/simulations');
    await page.getByTestId('simulation-row').first().waitFor();
    expect(await isTooWide(page)).toBe(false);
    await leave();
  });
});
