import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, card, comeInAsGuest, makeCrew, openCrew, savedAfterEdit, savedGraph } from './actions.ts';
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

describe('the problems panel', () => {
  it('counts what is to be fixed, and leads to the very field', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, twoIntoOne));
    await card(page, 'Ann').click();
    await page.getByLabel('Goal').fill('');
    const problems = page.getByTestId('problems');
    await problems.getByText('1 thing to fix').waitFor();
    await problems.getByText('Ann needs a goal').waitFor();
    await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
    await problems.click();
    const goal = page.getByLabel('Goal');
    await expect.poll(() => goal.evaluate((field) => field === document.activeElement)).toBe(true);
    await goal.fill('Read well');
    await problems.waitFor({ state: 'detached' });
    await leave();
  });

  it('keeps a crew with errors from running, and lets one with warnings run', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await card(page, 'Ann').click();
    await page.getByLabel('Goal').fill('');
    await page.getByLabel('Backstory').fill('');
    await page.keyboard.press('Control+Enter');
    const list = page.getByTestId('problem-list');
    await list.getByText('Ann needs a goal').waitFor();
    expect(await page.locator('[data-status=running]').count()).toBe(0);
    await list.getByText('Ann needs a goal').click();
    await page.getByLabel('Goal').fill('Read well');
    await list.getByText('Ann has no backstory').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('result').getByText('Completed').waitFor();
    await leave();
  });
});

describe('a crew in two tabs', () => {
  it('asks the second one, and keeps both versions', async () => {
    const { page, context, leave, expectErrors } = await visit(browser, { url: product.url });
    expectErrors(/409/);
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, twoIntoOne, 'Shared');
    await openCrew(page, crewId);
    const other = await context.newPage();
    await openCrew(other, crewId);

    await card(page, 'Apart').click();
    await page.getByLabel('What is to be done').fill('The first wrote this.');
    await savedAfterEdit(page);
    await card(other, 'Apart').click();
    await other.getByLabel('What is to be done').fill('The second wrote this.');
    const dialog = other.getByRole('dialog', { name: 'Somebody else changed this crew' });
    await dialog.getByRole('button', { name: 'Keep mine as a copy' }).click();
    await other.waitForURL((url) => !url.pathname.includes(crewId));
    await card(other, 'Apart').getByText('The second wrote this.').waitFor();
    const copyId = new URL(other.url()).pathname.split('/')[2] ?? '';
    expect(JSON.stringify(await savedGraph(page, copyId))).toContain('The second wrote this.');
    expect(JSON.stringify(await savedGraph(page, crewId))).toContain('The first wrote this.');
    await leave();
  });

  it('can load what the other has made', async () => {
    const { page, context, leave, expectErrors } = await visit(browser, { url: product.url });
    expectErrors(/409/);
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, twoIntoOne);
    const other = await context.newPage();
    await openCrew(other, crewId);
    await openCrew(page, crewId);
    await card(page, 'Apart').click();
    await page.getByLabel('What is to be done').fill('The first wrote this.');
    await savedAfterEdit(page);
    await card(other, 'Apart').click();
    await other.getByLabel('What is to be done').fill('The second wrote this.');
    await other.getByRole('button', { name: 'Load theirs' }).click();
    await card(other, 'Apart').getByText('The first wrote this.').waitFor();
    await card(other, 'Apart').click();
    await other.getByLabel('What is to be done').fill('Both agree.');
    await savedAfterEdit(other);
    expect(JSON.stringify(await savedGraph(page, crewId))).toContain('Both agree.');
    await leave();
  });

  it('has no conflict where only the name was changed', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, twoIntoOne);
    await openCrew(page, crewId);
    await ask(page, 'crews.save', { id: crewId, name: 'Renamed elsewhere' }, 'POST');
    await card(page, 'Apart').click();
    await page.getByLabel('What is to be done').fill('No conflict.');
    await savedAfterEdit(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await leave();
  });
});

describe('unsaved words', () => {
  it('stay when somebody looks at another tab', async () => {
    const { page, context, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, twoIntoOne));
    await card(page, 'Apart').click();
    const field = page.getByLabel('What is to be done');
    await field.fill('Half a thou');
    const other = await context.newPage();
    await other.goto('/crews');
    await other.getByTestId('crew-card').first().waitFor();
    await page.bringToFront();
    await page.evaluate(() => {
      dispatchEvent(new Event('focus'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await savedAfterEdit(page);
    expect(await field.inputValue()).toBe('Half a thou');
    await field.press('End');
    await field.pressSequentially('ght');
    expect(await field.inputValue()).toBe('Half a thought');
    await leave();
  });

  it('wait for the network, and are saved when it is back', async () => {
    const { page, context, leave, expectErrors } = await visit(browser, { url: product.url });
    expectErrors(/ERR_INTERNET_DISCONNECTED/);
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, twoIntoOne);
    await openCrew(page, crewId);
    await context.setOffline(true);
    await card(page, 'Apart').click();
    await page.getByLabel('What is to be done').fill('Written on a train.');
    await page.getByTestId('save-chip').getByText('Offline, will retry').waitFor();
    await context.setOffline(false);
    await page.locator('[data-testid=save-chip][data-state=saved]').waitFor();
    expect(JSON.stringify(await savedGraph(page, crewId))).toContain('Written on a train.');
    await leave();
  });
});

describe('the list of crews', () => {
  it('finds, renames, duplicates and deletes', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await makeCrew(page, twoIntoOne, 'Harvest');
    await page.reload();
    const harvest = page.getByTestId('crew-card').filter({ hasText: 'Harvest' });
    const search = page.getByRole('searchbox', { name: 'Search crews' });
    // Letter by letter, and faster than the address follows.
    await search.pressSequentially('harv');
    expect(await search.inputValue()).toBe('harv');
    await expect.poll(() => page.getByTestId('crew-card').count()).toBe(1);
    await page.waitForURL(/q=harv/);
    await page.getByRole('button', { name: 'More for Harvest' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect.poll(() => harvest.count()).toBe(2);
    await page
      .getByRole('button', { name: /^More for Harvest/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Harvest feast');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Harvest feast' }).waitFor();
    await page.getByRole('button', { name: 'More for Harvest feast' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => harvest.count()).toBe(1);
    await search.fill('nothing like it');
    await page.getByText('No crew is called “nothing like it”').waitFor();
    await leave();
  });

  it('takes a CrewAI project, and tells what was left out', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await page.getByRole('button', { name: 'New crew' }).click();
    await page.getByRole('menuitem', { name: 'Import CrewAI project' }).click();
    const file = (name: string, text: string) => ({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) });
    await page
      .getByTestId('import-files')
      .setInputFiles([
        file('agents.yaml', 'scout:\n  role: Scout\n  goal: Look around\n  backstory: Has seen much\n'),
        file(
          'tasks.yaml',
          'look:\n  description: Look around in {place}\n  expected_output: A list\n  agent: scout\n  callback: done\nrest:\n  description: Rest\n  expected_output: Peace\n',
        ),
      ]);
    const report = page.getByRole('dialog');
    await report
      .getByText(/callback/)
      .first()
      .waitFor();
    await report.getByText(/needs somebody to do it/).waitFor();
    await report.getByRole('button', { name: 'Open the crew' }).click();
    await page.getByTestId('problems').getByText('1 thing to fix').waitFor();
    await leave();
  });

  it('says so when files are of no use', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await page.getByRole('button', { name: 'New crew' }).click();
    await page.getByRole('menuitem', { name: 'Import CrewAI project' }).click();
    await page
      .getByTestId('import-files')
      .setInputFiles([{ name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('no') }]);
    await page
      .getByRole('alert')
      .getByText(/agents\.yaml/)
      .waitFor();
    await leave();
  });
});
