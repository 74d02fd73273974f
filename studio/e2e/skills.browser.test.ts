import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { card, comeInAsGuest, makeCrew, openCrew, savedAfterEdit, savedGraph } from './actions.ts';
import { barriers, isTooWide } from './barriers.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({}), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const FILE = '---\nname: cite\ndescription: For facts\nlicense: MIT\n---\n\n# How\n\nName the page.\n';

async function isOpenToAll(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  expect(await isTooWide(page)).toBe(false);
}

const skillsOfAnn = async (page: Page, crewId: string) => {
  const { nodes } = await savedGraph(page, crewId);
  const ann = nodes.find((node) => node.kind === 'agent' && node.data.name === 'Ann');
  return ann?.kind === 'agent' ? ann.data.skills : undefined;
};

it('skills are pasted as a SKILL.md, changed and taken away again, of an agent and of its crew', async () => {
  const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  const crewId = await makeCrew(page, oneAfterAnother);
  await openCrew(page, crewId);
  await card(page, 'Ann').click();
  const dialog = page.getByRole('dialog');
  const field = (label: string) => dialog.getByLabel(label, { exact: true });
  const save = () => dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('More', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a skill' }).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), FILE);
  await field('Instructions').focus();
  await page.keyboard.press('Control+v');
  await dialog.getByText('The SKILL.md was taken apart').waitFor();
  expect(await field('Name').inputValue()).toBe('cite');
  await isOpenToAll(page);
  await save();
  await savedAfterEdit(page);
  const cite = { name: 'cite', description: 'For facts', instructions: '# How\n\nName the page.' };
  expect(await skillsOfAnn(page, crewId)).toEqual([cite]);

  await page.getByRole('button', { name: 'Add a skill' }).click();
  await field('Name').fill('Cite It');
  await save();
  await dialog.getByText('Small letters, digits and single hyphens').waitFor();
  await field('Name').fill('cite');
  await field('When it is needed').fill('Always');
  await save();
  await dialog.getByText('There is a skill of this name.').waitFor();
  await field('Name').fill('manners');
  await dialog.getByRole('checkbox').check();
  await save();
  await savedAfterEdit(page);
  const manners = { name: 'manners', description: 'Always', instructions: '', always: true };
  expect(await skillsOfAnn(page, crewId)).toEqual([cite, manners]);

  await page.getByRole('button', { name: /^cite/ }).click();
  await field('When it is needed').fill('For every fact');
  await save();
  await savedAfterEdit(page);
  await page.getByRole('button', { name: 'Remove the skill manners' }).click();
  await savedAfterEdit(page);
  expect(await skillsOfAnn(page, crewId)).toEqual([{ ...cite, description: 'For every fact' }]);
  await isOpenToAll(page);

  await page.keyboard.press('Escape');
  await page.getByText('More', { exact: true }).click();
  await page.getByRole('group', { name: 'Skills of every agent' }).getByRole('button').click();
  await field('Name').focus();
  await page.keyboard.press('Control+v');
  await dialog.getByText('The SKILL.md was taken apart').waitFor();
  await save();
  await savedAfterEdit(page);
  expect((await savedGraph(page, crewId)).settings?.skills).toEqual([cite]);
  await leave();
});
