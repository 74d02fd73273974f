import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { ask, comeInAsGuest, makeCrew, savedGraph } from './actions.ts';
import { oneAfterAnother, twoIntoOne } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { eventsOf, idInUrl, isNow, openSimulation, startCrew } from './simulations.ts';
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

const desk = { width: 1440, height: 900 };
const panel = (page: Page): Locator => page.getByTestId('fork-panel');
const preview = (page: Page): Locator => page.locator('[data-testid=fork-preview][data-current=true]');

async function finished(page: Page, graph = oneAfterAnother): Promise<string> {
  const id = await startCrew(page, graph);
  await openSimulation(page, id);
  await isNow(page, 'completed');
  return id;
}

/** Presses it and waits for the page of the fork to be over. */
async function runFork(page: Page, from: string, button: Locator): Promise<string> {
  await button.click();
  await expect.poll(() => idInUrl(page)).not.toBe(from);
  const fork = page.locator(`[data-simulation="${idInUrl(page)}"]`);
  await fork.locator('[data-testid=simulation-status][data-status=completed]').waitFor();
  return idInUrl(page);
}

describe('a fork', () => {
  it('with another goal pays what the preview said, and leaves its parent as it was', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page, twoIntoOne);
    const log = JSON.stringify(await eventsOf(page, id));
    const calls = models.calls.length;
    await page.getByRole('button', { name: 'Fork from here' }).click();
    await panel(page).locator('label', { hasText: 'Bob' }).click();
    await panel(page).getByLabel('Goal').fill('Write badly');
    await preview(page).getByText('Runs 2 of 4 steps again').waitFor();
    expect(await preview(page).textContent()).toContain('2 are reused');
    expect(models.calls).toHaveLength(calls);

    const fork = await runFork(page, id, page.getByRole('button', { name: 'Run the fork' }));
    expect(models.calls).toHaveLength(calls + 2);
    const origin = page.getByTestId('forked-from');
    await origin.getByText('Bob’s goal').waitFor();
    expect(await origin.getByRole('link').getAttribute('href')).toContain(id);
    expect(fork).not.toBe(id);
    await openSimulation(page, id);
    expect(JSON.stringify(await eventsOf(page, id))).toBe(log);
    await leave();
  });

  it('from a moment runs anew what came after it', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const calls = models.calls.length;
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Fork from here' }).click();
    await preview(page).getByText('Runs 2 of 3 steps again').waitFor();
    await page
      .locator('[data-testid=timeline] [data-path*="/think"][aria-label*="runs it again"]')
      .first()
      .waitFor();
    await runFork(page, id, page.getByRole('button', { name: 'Run the fork' }));
    expect(models.calls).toHaveLength(calls + 2);
    await page.getByTestId('forked-from').getByText('after step 1').waitFor();
    await leave();
  });

  it('with an answer in one’s own words asks only those who read it', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const calls = models.calls.length;
    await page.getByTestId('timeline').locator('[data-path]').nth(1).click();
    await page.getByTestId('step-panel').getByRole('button', { name: 'Change something' }).click();
    await panel(page).getByLabel('Or say it in your words').fill('I think otherwise.');
    await preview(page).getByText('1 is in your words').waitFor();
    await runFork(page, id, page.getByRole('button', { name: 'Run the fork' }));
    expect(models.calls).toHaveLength(calls + 1);
    await page.getByTestId('transcript').getByText('I think otherwise.').waitFor();
    await leave();
  });

  it('of a step asks for it once more, from the step itself', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const calls = models.calls.length;
    await page.getByTestId('timeline').locator('[data-path]').nth(1).click();
    const step = page.getByTestId('step-panel');
    await step.getByText('Runs 2 of 3 steps again').waitFor();
    await runFork(page, id, step.getByRole('button', { name: 'Run the fork' }));
    expect(models.calls).toHaveLength(calls + 2);
    await leave();
  });

  it('of a simulation that still runs takes over what is there', async () => {
    let isHeld = true;
    models.script(({ prompt }) => (prompt.includes('Write it.') && isHeld ? { hold: 'before' } : undefined));
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await startCrew(page, oneAfterAnother);
    await openSimulation(page, id);
    await page.locator('article[data-node-id=write][data-status=running]').waitFor();
    isHeld = false;
    await page.getByRole('button', { name: 'Fork from here' }).click();
    await panel(page).locator('label', { hasText: 'Bob' }).click();
    await panel(page).getByLabel('Goal').fill('Write badly');
    await preview(page).getByText('Runs 1 of 3 steps again').waitFor();
    await runFork(page, id, page.getByRole('button', { name: 'Run the fork' }));
    expect(
      models.callsFor(({ prompt }) => prompt.includes('Read it.') && !prompt.includes('Think it.')),
    ).toHaveLength(1);
    models.release();
    await openSimulation(page, id);
    await isNow(page, 'completed');
    await leave();
  });

  it('has its place in the tree, and is compared with what it was forked from', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    await page.getByRole('button', { name: 'Fork from here' }).click();
    await panel(page).locator('label', { hasText: 'Bob' }).click();
    await panel(page).getByLabel('Goal').fill('Write badly');
    await preview(page).getByText('Runs 1 of 3').waitFor();
    await runFork(page, id, page.getByRole('button', { name: 'Run the fork' }));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Show its forks' }).click();
    const family = page.getByTestId('family-panel');
    await family.getByText('Bob’s goal').waitFor();
    await family.getByRole('button', { name: 'Compare with this one' }).click();
    const timelines = page.getByTestId('compare-timelines');
    await timelines.getByText('first difference').waitFor();
    expect(await timelines.locator('[data-result=different]').count()).toBe(2);
    await page.getByText('1 step of 3 differ').waitFor();
    const answersSide = page.getByTestId('compared-answers');
    await answersSide.locator('ins').first().waitFor();
    await answersSide.locator('del').first().waitFor();
    await leave();
  });
});

describe('variants', () => {
  it('of a step stand side by side, and one of them is gone on with', async () => {
    models.script(({ prompt, n }) => (prompt.includes('Think it.') ? { text: `Thought ${n}.` } : undefined));
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const id = await finished(page);
    const calls = models.calls.length;
    await page.getByTestId('timeline').locator('[data-path]').nth(1).click();
    await page.getByTestId('step-panel').getByRole('button', { name: 'Variants' }).click();
    const dialog = page.getByRole('dialog', { name: 'Think, in variants' });
    await dialog.getByRole('button', { name: 'Add a variant' }).click();
    await dialog.getByRole('button', { name: 'Add a variant' }).click();
    await dialog.getByLabel('Goal').last().fill('Think badly');
    await dialog.getByRole('button', { name: 'Ask 2 times' }).click();
    const done = dialog.locator('[data-kind=variant][data-status=completed]');
    await expect.poll(() => done.count()).toBe(2);
    expect(models.calls).toHaveLength(calls + 2);
    await done
      .filter({ hasText: 'Ann’s goal' })
      .getByText(/Thought \d+\./)
      .waitFor();
    await runFork(
      page,
      id,
      done.filter({ hasText: 'Ann’s goal' }).getByRole('button', { name: 'Keep this one' }),
    );
    expect(models.calls).toHaveLength(calls + 3);
    await leave();
  });
});

describe('a failed simulation', () => {
  it('goes on with the newest crew, and reuses what was finished', async () => {
    models.script(({ prompt }) =>
      prompt.includes('Write it.') ? { status: 400, error: { message: 'No.' } } : undefined,
    );
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, oneAfterAnother);
    const started = await ask(page, 'simulations.start', { crewId, inputs: {} }, 'POST');
    const { id } = z.object({ id: z.string() }).parse(started);
    await openSimulation(page, id);
    await isNow(page, 'failed');
    const calls = models.calls.length;
    const { graphVersion } = z
      .object({ graphVersion: z.number() })
      .parse(await ask(page, 'crews.get', { id: crewId }, 'GET'));
    const graph = await savedGraph(page, crewId);
    const nodes = graph.nodes.map((node) =>
      node.kind === 'task' && node.id === 'write'
        ? { ...node, data: { ...node.data, description: 'Set it down.' } }
        : node,
    );
    await ask(page, 'crews.save', { id: crewId, graph: { ...graph, nodes }, graphVersion }, 'POST');
    await page.reload();
    await page.getByRole('button', { name: 'Go on with the newest' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Runs 1 of 3 steps again').waitFor();
    await runFork(page, id, dialog.getByRole('button', { name: 'Go on', exact: true }));
    expect(models.calls).toHaveLength(calls + 1);
    await openSimulation(page, id);
    await page.getByRole('link', { name: 'See how it went on' }).waitFor();
    await leave();
  });
});
