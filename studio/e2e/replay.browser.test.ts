import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { readMoment } from '../simulation/replay/moment.ts';
import { positionOf, positionOfSeq, stageClock } from '../simulation/replay/stageClock.ts';
import { ask, comeInAsGuest, dragTo, middleOf } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { eventsOf, isNow, openSimulation, seqInUrl, startCrew } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
let models: ModelServer;

const answers = ['First comes the reading of it.', 'Then comes the thinking.', 'And at last the writing.'];
const nameOf = ['Read it.', 'Think it.', 'Write it.'];

/** Each answer takes long enough to be looked at in its middle. */
const slowly = (prompt: string) => ({
  text: answers[nameOf.findLastIndex((name) => prompt.includes(name))] ?? '',
  chunks: { count: 6, gapMs: 60 },
});

beforeAll(async () => {
  models = await startModelServer({});
  [product, browser] = await Promise.all([
    startProduct({ defaultModel: 'openai/gpt-4.1-mini', openaiBaseUrl: models.openaiBaseUrl }),
    launchBrowser(),
  ]);
});
beforeEach(() => {
  models.reset();
  models.script(({ prompt }) => slowly(prompt));
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await models?.stop();
});

const desk = { width: 1440, height: 900 };
const play = (page: Page) => page.getByTestId('play');
const lines = (page: Page) => page.getByTestId('transcript').locator('article');
const chip = (page: Page) => page.getByTestId('replay-chip');

async function finished(page: Page): Promise<string> {
  const id = await startCrew(page, oneAfterAnother);
  await openSimulation(page, id);
  await isNow(page, 'completed');
  return id;
}

/** Takes the playhead to a part of the whole. */
async function dragPlayhead(page: Page, share: number): Promise<void> {
  const ruler = await page.getByTestId('ruler').boundingBox();
  if (!ruler) throw new Error('There is no ruler');
  const y = ruler.y + 6;
  await dragTo(page, await middleOf(page.getByTestId('playhead')), { x: ruler.x + ruler.width * share, y });
  await expect.poll(() => seqInUrl(page)).toBeGreaterThan(0);
}

describe('replay', () => {
  it('shows on canvas, transcript and figures what was recorded, and calls nobody', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const calls = models.calls.length;
    const events = await eventsOf(page, id);
    const clock = stageClock(events);
    // However long each call took, the second has been asked there, and the first has its figures.
    const asked = events.find(({ type, data }) => type === 'step.started' && data.nodeId === 'think');
    await dragPlayhead(page, (positionOfSeq(clock, asked?.seq ?? 0) + 20) / clock.length);
    await chip(page).getByText('nobody is called').waitFor();
    const seq = seqInUrl(page);
    const recorded = foldEvents(emptyState, events.slice(0, seq));
    const moment = readMoment(new URL(page.url()).searchParams.get('t')) ?? { seq: 0, ms: 0 };
    const position = Math.floor(positionOf(clock, moment));
    await page.locator(`[data-testid=playhead][aria-valuenow="${position}"]`).waitFor();
    const statuses = () =>
      lines(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-status')));
    await expect.poll(statuses).toEqual(Object.values(recorded.nodes).map(({ status }) => status));
    const tokens = recorded.totals.inputTokens + recorded.totals.outputTokens;
    await page.getByText(`${tokens} tokens`).waitFor();

    await page.getByRole('tab', { name: 'Canvas' }).click();
    for (const task of ['read', 'think', 'write']) {
      const wanted = recorded.nodes[task]?.status ?? 'queued';
      await page.locator(`article[data-node-id=${task}][data-status=${wanted}]`).waitFor();
    }
    await play(page).click();
    await page.locator('article[data-node-id=write][data-status=completed]').waitFor();
    expect(models.calls).toHaveLength(calls);
    await leave();
  });

  it('shows half of an answer in the middle of its time, and reads it from the server once', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const events = await eventsOf(page, id);
    const begun = events.find(({ type, data }) => type === 'step.started' && data.nodeId === 'think');
    const ended = events.find(({ type, data }) => type === 'step.completed' && data.nodeId === 'think');
    const half = (Date.parse(ended?.at ?? '') - Date.parse(begun?.at ?? '')) / 2;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
    await openSimulation(page, id, `?t=${begun?.seq}.${Math.round(half)}`);
    const written = lines(page).nth(1);
    await written.getByText('Then comes').waitFor();
    expect(await written.textContent()).not.toContain('thinking.');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    await lines(page).nth(1).getByText('Then comes the thinking.').waitFor();
    expect(asked.filter((url) => url.includes('simulations.step') && url.includes('/think/'))).toHaveLength(
      1,
    );
    await leave();
  });

  it('goes by keys: to the beginning, step by step, to the end, and plays', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await finished(page);
    await page.keyboard.press('Home');
    await chip(page).waitFor();
    await expect.poll(() => lines(page).count()).toBe(1);
    for (const answer of answers) {
      await page.keyboard.press('ArrowRight');
      await lines(page).last().getByText(answer).waitFor();
    }
    await page.keyboard.press('End');
    await chip(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
    await lines(page).nth(2).waitFor();
    await chip(page).waitFor({ state: 'detached' });
    await leave();
  });

  it('jumps by keys to what went wrong, was tried again or was forked', async () => {
    let isBroken = true;
    models.script(({ prompt }) =>
      isBroken && prompt.includes('Write it.') ? { status: 400, error: { message: 'No.' } } : slowly(prompt),
    );
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await startCrew(page, oneAfterAnother);
    await openSimulation(page, id);
    await isNow(page, 'failed');
    isBroken = false;
    await page.getByRole('button', { name: 'Retry', exact: true }).click();
    await isNow(page, 'completed');
    const events = await eventsOf(page, id);
    const seqOf = (wanted: string) => events.find(({ type }) => type === wanted)?.seq ?? Number.NaN;
    const atSeq = seqOf('task.completed');
    await ask(page, 'simulations.fork', { id, atSeq }, 'POST');
    await page.reload();
    await isNow(page, 'completed');
    await page.getByRole('button', { name: 'Go to: Read is done, Forked: run anew from a moment' }).waitFor();

    // Events of one transaction happen in one instant: there one is after the last of them.
    const instant = (seq: number) => events.find((event) => event.seq === seq)?.at;
    const lastAt = (seq: number) => events.findLast(({ at }) => at === instant(seq))?.seq;
    const jumpsTo = async (keys: string, seq: number) => {
      await page.keyboard.press(keys);
      await expect.poll(() => seqInUrl(page)).toBe(lastAt(seq));
    };
    await jumpsTo('Shift+ArrowLeft', seqOf('simulation.retried'));
    await jumpsTo('Shift+ArrowLeft', seqOf('simulation.failed'));
    if (lastAt(seqOf('task.failed')) !== lastAt(seqOf('simulation.failed')))
      await jumpsTo('Shift+ArrowLeft', seqOf('task.failed'));
    await jumpsTo('Shift+ArrowLeft', atSeq);
    await jumpsTo('Shift+ArrowRight', seqOf('task.failed'));
    await leave();
  });

  it('shows the same moment to whoever opens its address', async () => {
    const { page, context, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await finished(page);
    await dragPlayhead(page, 0.4);
    const shown = async (one: Page) => ({
      readout: await one.getByTestId('readout').textContent(),
      lines: await one.getByTestId('transcript').locator('article').count(),
      at: await one.getByTestId('playhead').getAttribute('aria-valuenow'),
    });
    const here = await shown(page);
    const other = await browser.newContext({
      storageState: await context.storageState(),
      viewport: desk,
      reducedMotion: 'reduce',
    });
    const there = await other.newPage();
    await there.goto(page.url());
    await there.getByTestId('replay-chip').waitFor();
    await expect.poll(() => shown(there)).toEqual(here);
    await other.close();
    await leave();
  });

  it('goes back with the browser to where one was before', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await finished(page);
    await dragPlayhead(page, 0.4);
    const moment = new URL(page.url()).searchParams.get('t');
    await page.getByRole('link', { name: 'Simulations' }).first().click();
    await page.getByTestId('simulation-row').first().waitFor();
    await page.goBack();
    await chip(page).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('t')).toBe(moment);
    await leave();
  });
});

describe('a simulation that still runs', () => {
  it('can be looked back at, goes on meanwhile, and is followed again', async () => {
    models.script(({ prompt }) =>
      prompt.includes('Write it.') ? { text: 'At last.', hold: 'before' } : slowly(prompt),
    );
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await openSimulation(page, await startCrew(page, oneAfterAnother));
    await page.locator('article[data-node-id=write][data-status=running]').waitFor();
    await page.keyboard.press('Home');
    await chip(page).waitFor();
    await expect.poll(() => lines(page).count()).toBe(1);
    models.release();
    await isNow(page, 'completed');
    expect(await lines(page).count()).toBe(1);
    await page.keyboard.press('End');
    await lines(page).nth(2).getByText('At last.').waitFor();
    await leave();
  });

  it('is followed again by a button', async () => {
    models.script(({ prompt }) =>
      prompt.includes('Write it.') ? { text: 'At last.', hold: 'before' } : slowly(prompt),
    );
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await openSimulation(page, await startCrew(page, oneAfterAnother));
    await page.locator('article[data-node-id=write][data-status=running]').waitFor();
    await page.keyboard.press('ArrowLeft');
    await chip(page).waitFor();
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await chip(page).waitFor({ state: 'detached' });
    models.release();
    await lines(page).nth(2).getByText('At last.').waitFor();
    await leave();
  });
});

describe('guessing', () => {
  it('hides each answer until it is asked for, and keeps what was guessed', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await finished(page);
    await page.getByRole('switch', { name: /Hide/ }).click();
    const guess = page.getByTestId('guess');
    await guess.getByLabel('What would you answer as Ann?').fill('Mine');
    expect(await page.getByTestId('transcript').textContent()).not.toContain('First comes');
    await guess.getByRole('button', { name: 'Show the answer' }).click();
    await lines(page)
      .first()
      .getByText(answers[0] ?? '')
      .waitFor();
    await lines(page).first().getByText('Mine').waitFor();
    await lines(page).nth(1).getByTestId('guess').waitFor();
    expect(await page.getByTestId('transcript').textContent()).not.toContain('Then comes');
    await page
      .getByTestId('timeline')
      .locator('[data-path*="/think/"], [data-path*="think/0"]')
      .first()
      .click();
    await page.getByTestId('step-panel').getByText('is hidden until you ask').waitFor();
    await leave();
  });
});
