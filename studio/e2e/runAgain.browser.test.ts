import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { answerInputs, card, comeInAsGuest, makeCrew, openCrew, savedAfterEdit } from './actions.ts';
import { twoIntoOne } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { eventsOf } from './simulations.ts';
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
const runOnStage = (page: Page): string => new URL(page.url()).searchParams.get('run') ?? '';
const choice = (page: Page): Locator => page.locator('[data-testid=take-over][data-current=true]');

/** Presses the button of the dialog and waits for another simulation to be over on the stage. */
async function runToEnd(page: Page, button: Locator): Promise<string> {
  const before = runOnStage(page);
  await button.click();
  await expect.poll(() => runOnStage(page)).not.toBe(before);
  const id = runOnStage(page);
  const link = page.locator(`a[href="/simulations/${id}"]`);
  await page.getByTestId('result').filter({ has: link }).getByText('Completed').waitFor();
  return id;
}

async function changeGoal(page: Page, agent: string, goal: string): Promise<void> {
  await card(page, agent).click();
  await page.getByLabel('Inspector').getByLabel('Goal').fill(goal);
  await savedAfterEdit(page);
}

describe('a crew that has run', () => {
  it('is edited and run again for what the dialog said, and no call more', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, twoIntoOne));
    const first = await runToEnd(page, page.getByTestId('run'));
    const log = JSON.stringify(await eventsOf(page, first));
    const calls = models.calls.length;
    await changeGoal(page, 'Bob', 'Write badly');
    await page.getByTestId('run').click();
    const dialog = page.getByRole('dialog', { name: 'Run it again' });
    await choice(page)
      .getByText(/^Runs 2 of 4 steps again, at most \$\d/)
      .waitFor();
    await choice(page).getByText('Take over what is unchanged').click();
    expect(models.calls).toHaveLength(calls);

    const fork = await runToEnd(page, dialog.getByRole('button', { name: 'Run 2 of 4 steps' }));
    expect(models.calls).toHaveLength(calls + 2);
    await page.locator('article[data-node-id=left]').getByText('Reused').waitFor();
    await page.locator('article[data-node-id=join]').getByText('Done').waitFor();
    expect(JSON.stringify(await eventsOf(page, first))).toBe(log);
    await page.goto(`/simulations/${fork}`);
    await page.getByTestId('forked-from').getByText('Bob’s goal').waitFor();
    await leave();
  });

  it('starts anew where one wants it to, and without a question where nothing has changed', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, twoIntoOne));
    await runToEnd(page, page.getByTestId('run'));
    await runToEnd(page, page.getByTestId('run'));
    expect(models.calls).toHaveLength(8);
    await changeGoal(page, 'Bob', 'Write badly');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Run it again' });
    await choice(page).waitFor();
    await runToEnd(page, dialog.getByRole('button', { name: 'Run', exact: true }));
    expect(models.calls).toHaveLength(12);
    await leave();
  });

  it('counts anew what another input changes, as the sample does', async () => {
    const { page, leave } = await visit(browser, { url: product.url, ...desk });
    await comeInAsGuest(page);
    await page.getByTestId('crew-card').first().getByRole('link').first().click();
    await page.getByTestId('run').click();
    await answerInputs(page, 'oat drink');
    await page.getByTestId('result').getByText('Completed').waitFor();
    const all = models.calls.length;
    const tasks = page.locator('article[data-node-id][data-status=completed]');
    await expect.poll(() => tasks.count()).toBe(all);
    // Whoever does the last task: what comes before it is kept.
    await tasks.last().click();
    await page.getByLabel('Inspector').getByLabel('What good looks like').fill('One line.');
    await savedAfterEdit(page);
    await page.getByTestId('run').click();
    const dialog = page.getByRole('dialog', { name: 'Before it starts' });
    await choice(page)
      .getByText(/^Runs \d+ of \d+ steps again/)
      .waitFor();
    const words = (await choice(page).textContent()) ?? '';
    const [, runs = '', of = ''] = /Runs (\d+) of (\d+) steps again/.exec(words) ?? [];
    expect(Number(of)).toBe(all);
    expect(Number(runs)).toBeLessThan(all);

    await dialog.getByRole('textbox').first().fill('rye bread');
    await choice(page).getByText('Nothing can be kept').waitFor();
    await dialog.getByRole('textbox').first().fill('oat drink');
    await choice(page).getByText(`Runs ${runs} of ${of} steps again`).waitFor();
    await choice(page).getByText('Take over what is unchanged').click();
    await runToEnd(page, dialog.getByRole('button', { name: `Run ${runs} of ${of} steps` }));
    expect(models.calls).toHaveLength(all + Number(runs));
    await leave();
  });
});
