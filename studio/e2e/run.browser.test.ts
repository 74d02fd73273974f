import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerInputs,
  card,
  comeInAsGuest,
  dragTo,
  drawLine,
  makeCrew,
  middleOf,
  openCrew,
  port,
  savedAfterEdit,
} from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 1_500 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe('a guest', () => {
  it('runs the sample crew without a key, and reads the result', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await page.getByTestId('crew-card').first().getByRole('link').first().click();
    await page.getByTestId('run').click();
    await answerInputs(page, 'oat drink');
    const tasks = page.locator('article[data-node-id]');
    await page.locator('article[data-status=running]').first().waitFor();
    await page.getByTestId('result').waitFor();
    const statuses = () =>
      tasks.evaluateAll((cards) => [...new Set(cards.map((one) => one.getAttribute('data-status')))]);
    await expect.poll(statuses).toEqual(['completed']);
    expect(await tasks.count()).toBeGreaterThan(2);
    const result = page.getByTestId('result');
    await result.getByText('demo model').first().waitFor();
    await result.getByText('$0').first().waitFor();
    await leave();
  });

  it('keeps everything by signing up', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, oneAfterAnother, 'Mine');
    await page.getByRole('link', { name: 'Sign up and keep it' }).click();
    await page.getByLabel('Name').fill('Maya');
    await page.getByLabel('E-mail').fill(`${crewId}@example.com`);
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('link', { name: 'Mine' }).waitFor();
    await page.getByText('You are trying Troupe as a guest').waitFor({ state: 'detached' });
    await leave();
  });
});

describe('a crew drawn by mouse', () => {
  it('runs, and its result is there after a reload in the middle', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    await page.getByRole('button', { name: 'New crew' }).click();
    await page.getByRole('menuitem', { name: 'Blank stage' }).click();
    await page.locator('.react-flow__viewport').waitFor();
    const stage = await page.locator('.react-flow').boundingBox();
    if (!stage) throw new Error('There is no stage');
    const at = (x: number, y: number) => ({ x: stage.x + x, y: stage.y + y });
    const put = async (item: 'agent' | 'task', x: number, y: number) =>
      dragTo(page, await middleOf(page.getByTestId(`palette-${item}`)), at(x, y));
    const write = async (label: string, text: string) => {
      const field = page.getByLabel('Inspector').getByLabel(label, { exact: true });
      await field.fill(text);
    };

    for (const [name, x] of [
      ['Finder', 150],
      ['Teller', 450],
    ] as const) {
      await put('agent', x, 60);
      await write('Name', name);
      await write('Role', `${name} of things`);
      await write('Goal', 'Do it well');
      await write('Backstory', 'Has done it before');
    }
    for (const [name, x, y] of [
      ['Look', 150, 240],
      ['Count', 150, 460],
      ['Tell', 550, 350],
    ] as const) {
      await put('task', x, y);
      await write('Name', name);
      await write('What is to be done', `${name} for what is there.`);
      await write('What good looks like', 'One sentence.');
    }
    await drawLine(page, port(card(page, 'Finder'), 'assign'), port(card(page, 'Look'), 'agent'));
    await dragTo(
      page,
      await middleOf(port(card(page, 'Finder'), 'assign')),
      await middleOf(card(page, 'Count')),
    );
    await drawLine(page, port(card(page, 'Teller'), 'assign'), port(card(page, 'Tell'), 'agent'));
    await drawLine(page, port(card(page, 'Look'), 'out'), port(card(page, 'Tell'), 'in'));
    await drawLine(page, port(card(page, 'Count'), 'out'), port(card(page, 'Tell'), 'in'));
    await savedAfterEdit(page);
    await page.getByTestId('problems').waitFor({ state: 'detached' });

    await page.keyboard.press('Control+Enter');
    await page.locator('article[data-status=running]').first().waitFor();
    await page.reload();
    await page.locator('article[data-status=completed]').nth(2).waitFor();
    const result = page.getByTestId('result');
    await result.getByText('demo model').first().waitFor();
    await result.getByText(/of things, I/).waitFor();
    await leave();
  });
});

describe('a simulation', () => {
  it('is paused, goes on, and is stopped', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    await page.locator('article[data-status=running]').first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page
      .getByTestId('stage-notice')
      .getByText(/^Paused/)
      .waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByTestId('result').getByText('Cancelled').waitFor();
    await leave();
  });

  it('comes back to the truth when the api was gone', async () => {
    const { page, leave, expectErrors } = await visit(browser, { url: product.url });
    expectErrors(/ERR_|Failed to load resource/);
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    await page.locator('article[data-status=running]').first().waitFor();
    const back = product.restartApi();
    await page.getByTestId('stage-notice').getByText('Reconnecting').waitFor();
    await back;
    await page.getByTestId('result').getByText('Completed').waitFor();
    await expect.poll(() => page.locator('article[data-status=completed]').count()).toBe(3);
    await page.getByRole('link', { name: 'Open the simulation' }).click();
    await page.getByRole('tab', { name: 'Data' }).click();
    const rows = page.locator('[data-seq]');
    await rows.first().waitFor();
    const seqs = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-seq'))));
    expect(seqs).toEqual(seqs.map((_, place) => place + 1));
    await leave();
  });
});
