import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { ask, comeInAsGuest, makeCrew, openCrew } from './actions.ts';
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

const graph = drawControls(
  [
    taskIn('draft'),
    controlIn('approval', 'ok', {
      name: 'Publish it',
      question: 'Is the **draft** good?',
      asksForText: true,
    }),
    taskIn('publish'),
    taskIn('bin'),
  ],
  ['draft > ok', 'ok = Approve > publish', 'ok = Reject > bin'],
);

const card = (page: Page) => page.getByTestId('question');
const isNow = (page: Page, nodeId: string, status: string) =>
  page.locator(`article[data-node-id=${nodeId}][data-status=${status}]`).waitFor();

const Events = z.object({ items: z.array(z.object({ type: z.string(), data: z.looseObject({}) })) });

/** Which of the two ways was gone, once it has ended. */
async function waysOf(page: Page, id: string) {
  await page.goto(`/simulations/${id}`);
  await page.getByText('Completed').first().waitFor();
  const { items } = Events.parse(await ask(page, 'simulations.events', { id, limit: 1000 }, 'GET'));
  const done = items.flatMap(({ type, data }) => (type === 'task.completed' ? [data.nodeId] : []));
  return { publish: done.includes('publish'), bin: done.includes('bin') };
}

/** Starts a crew without the canvas and says which simulation it is. */
async function start(page: Page): Promise<string> {
  const crewId = await makeCrew(page, graph);
  const started = await ask(page, 'simulations.start', { crewId, inputs: {} }, 'POST');
  return z.object({ id: z.string() }).parse(started).id;
}

it('a decision is asked for on the stage; the second tab is told at once who was faster', async () => {
  const { page, context, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  await openCrew(page, await makeCrew(page, graph));
  await page.getByTestId('run').click();
  await card(page).getByText('Is the draft good?').waitFor();
  await page.getByTestId('inbox-count').getByText('1').waitFor();

  const second = await context.newPage();
  await second.goto('/inbox');
  await second.getByTestId('inbox-row').click();
  await card(second).getByRole('button', { name: 'Reject' }).waitFor();

  await card(page).getByLabel('Comment').fill('Not yet.');
  await card(page).getByRole('button', { name: 'Reject' }).click();
  await card(second)
    .getByText(/Already answered by Guest.* as “Reject”/)
    .waitFor();
  await card(second).getByText('Not yet.').waitFor();
  await expect.poll(() => card(second).getByRole('button').count()).toBe(0);
  await page.getByTestId('result').waitFor();
  await isNow(page, 'bin', 'completed');
  await isNow(page, 'publish', 'skipped');
  await leave();
});

it('whoever answers from a page that has not heard of it yet is told that somebody has', async () => {
  const { page, context, expectErrors, leave } = await visit(browser, { url: product.url });
  expectErrors(/409|ERR_FAILED/);
  await comeInAsGuest(page);
  const id = await start(page);
  await page.goto('/inbox');
  await page.getByTestId('inbox-row').waitFor();
  const requestId = (await page.getByTestId('inbox-row').getAttribute('href'))?.split('/').at(-1) ?? '';

  const late = await context.newPage();
  await late.route('**/trpc/simulations.follow**', (route) => route.abort());
  await late.goto(`/inbox/${requestId}`);
  const approve = card(late).getByRole('button', { name: 'Approve' });
  await approve.waitFor();
  await ask(page, 'simulations.answer', { id, requestId, outcome: 'Reject' }, 'POST');
  await approve.click();
  await late
    .getByTestId('toasts')
    .getByText(/has already answered/)
    .waitFor();
  await card(late)
    .getByText(/Already answered by Guest.* as “Reject”/)
    .waitFor();
  expect(await waysOf(page, id)).toEqual({ publish: false, bin: true });
  await leave();
});

const reviewed = drawControls(
  [
    taskIn('draft', undefined, {
      humanInput: true,
      // Nobody listens there: the tool says so, and the crew goes on.
      callback: { url: 'https://127.0.0.1:9/told' },
    }),
    controlIn('approval', 'ok', { name: 'Publish it', question: 'Is the draft good?', asksForText: true }),
    taskIn('publish'),
  ],
  ['draft > ok', 'ok = Approve > publish'],
);

it('who was asked what and decided how stands in the transcript and on a lane; so does a tool that failed', async () => {
  const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  const crewId = await makeCrew(page, reviewed);
  const started = await ask(page, 'simulations.start', { crewId, inputs: {} }, 'POST');
  const { id } = z.object({ id: z.string() }).parse(started);
  await page.goto(`/simulations/${id}`);
  await card(page).getByLabel('What should change').fill('Shorter, please.');
  await card(page).getByRole('button', { name: 'Send back' }).click();
  await card(page).getByRole('button', { name: 'Good as it is' }).click();
  await card(page).getByLabel('Comment').fill('On Monday.');
  await card(page).getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Completed').first().waitFor();

  const draft = page.locator('article[data-node-id=draft]');
  await draft.getByText(/Guest.* wants it otherwise/).waitFor();
  await draft.getByText('Shorter, please.').waitFor();
  await draft.getByText(/Guest.* accepted the answer/).waitFor();
  await draft.getByLabel('Said that it failed:').waitFor();
  const decision = page.locator('article[data-node-id=ok]');
  await decision.getByText('People', { exact: true }).waitFor();
  await decision.getByText(/Guest.* decided “Approve”/).waitFor();
  await decision.getByText('On Monday.').waitFor();

  await page.getByRole('tab', { name: 'Timeline' }).click();
  const lanes = page.getByTestId('timeline').getByRole('region');
  await expect.poll(() => lanes.evaluateAll(labelsOf)).toEqual(['Worker', 'People']);
  await leave();
});

const labelsOf = (lanes: readonly Element[]) => lanes.map((lane) => lane.getAttribute('aria-label'));

it('is answered on a phone: large buttons, nothing to scroll sideways', async () => {
  const phone = { url: product.url, width: 390, height: 844, hasTouch: true };
  const { page, leave } = await visit(browser, phone);
  await comeInAsGuest(page);
  const id = await start(page);
  await page.goto('/inbox');
  await page.getByTestId('inbox-row').tap();
  const approve = card(page).getByRole('button', { name: 'Approve' });
  await approve.waitFor();
  const box = await approve.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(box?.width).toBeGreaterThanOrEqual(120);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await approve.tap();
  await card(page).getByText('Already answered by').waitFor();
  expect(await waysOf(page, id)).toEqual({ publish: true, bin: false });
  await leave();
});
