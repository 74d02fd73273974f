import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ask,
  card,
  comeInAsGuest,
  dragTo,
  makeCrew,
  middleOf,
  openCrew,
  saved,
  savedAfterEdit,
  savedGraph,
} from './actions.ts';
import { barriers, isTooWide } from './barriers.ts';
import { oneAfterAnother } from './crews.ts';
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

const mara = { name: 'Mara', role: 'Editor', goal: 'Make texts clear', backstory: 'Edited a newspaper' };

async function keep(page: Page, agent: object = mara): Promise<string> {
  const kept = await ask(page, 'agents.create', agent, 'POST');
  return z.object({ id: z.string() }).parse(kept).id;
}

const agentsIn = async (page: Page, crewId: string) =>
  (await savedGraph(page, crewId)).nodes.flatMap((node) => (node.kind === 'agent' ? [node.data] : []));

const Versions = z.object({ items: z.array(z.object({ version: z.int() })) });

const answered = (page: Page) => page.locator('[data-testid=answer][data-done=true]').first().waitFor();
const exchanges = (page: Page) => page.getByTestId('exchange');
const inLibrary = (page: Page, name: string) =>
  page.getByTestId('palette-library').getByText(name, { exact: true });

describe('an agent of the library', () => {
  it('is written, tried, placed into a crew and run there', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    await page.getByRole('link', { name: 'Agents', exact: true }).click();
    await page.getByRole('button', { name: 'Write the first agent' }).click();
    await page.getByTestId('agent-problems').getByText('2 things to fix').waitFor();
    await page.getByRole('button', { name: /needs a role/ }).click();
    await page.keyboard.type('Editor of {paper}');
    await page.getByLabel('Name', { exact: true }).fill('Mara');
    await page.getByLabel('Goal').fill('Make texts clear');
    await page.getByLabel('Backstory').fill('Edited a newspaper');
    await page.getByRole('checkbox', { name: 'Calculator' }).check();
    await page.getByTestId('agent-problems').waitFor({ state: 'detached' });
    await saved(page);

    // Without a value of its own the placeholder is asked for beside the message.
    const asked = page.getByRole('region', { name: 'Try Mara' }).getByLabel('paper');
    await asked.fill('The Courier');
    await page.getByLabel('Message to Mara').fill('What is 17 * 23?');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await answered(page);
    const exchange = exchanges(page).first();
    await expect
      .poll(() => exchange.textContent())
      .toMatch(/What is 17 \* 23\?.*demo model.*391.*tokens · demo model, \$0/s);
    await page.getByLabel('Message to Mara').fill('And now {nothing}?');
    await page.keyboard.press('Enter');
    await exchanges(page).nth(1).waitFor();
    await exchanges(page).first().getByText('And now {nothing}?').waitFor();
    await answered(page);

    await exchanges(page).first().getByRole('link', { name: 'Open the simulation' }).click();
    await page.getByRole('heading', { name: 'Trying Mara' }).waitFor();
    await page.getByTestId('tried-with').getByText('And now {nothing}?').waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open the agent' }).click();
    await exchanges(page).nth(1).waitFor();
    await page.goto('/simulations');
    await page.getByTestId('simulation-row').getByText('Trying Mara').nth(1).waitFor();
    await page.goto('/crews');
    await page.getByTestId('crew-card').first().waitFor();
    expect(await page.getByText('Trying Mara').count()).toBe(0);

    const crewId = await makeCrew(page, oneAfterAnother);
    await openCrew(page, crewId);
    await dragTo(page, await middleOf(inLibrary(page, 'Mara')), await middleOf(card(page, 'Read')));
    await card(page, 'Mara').waitFor();
    await savedAfterEdit(page);
    const { nodes, edges } = await savedGraph(page, crewId);
    // However many pauses somebody made while writing, each of which was saved.
    const newest = Versions.parse(await ask(page, 'agents.list', {}, 'GET')).items[0];
    const placed = nodes.find((node) => node.kind === 'agent' && node.data.name === 'Mara');
    expect(placed?.data).toMatchObject({
      role: 'Editor of {paper}',
      tools: ['calculator'],
      libraryVersion: newest?.version,
    });
    expect(edges).toContainEqual(expect.objectContaining({ kind: 'assigned', from: placed?.id, to: 'read' }));
    await page.getByTestId('run').click();
    const dialog = page.getByRole('dialog', { name: 'Before it starts' });
    await dialog.getByLabel('paper').fill('The Courier');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await page.getByTestId('result').getByText('Completed').waitFor();
    await leave();
  });

  it('is placed by Enter under a free name, and tells its copies when it is newer', async () => {
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    const id = await keep(page, { ...mara, name: 'Ann' });
    const crewId = await makeCrew(page, oneAfterAnother);
    await openCrew(page, crewId);
    await inLibrary(page, 'Ann').waitFor();
    await page.getByTestId('palette-library').getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await card(page, 'Ann 2').waitFor();
    const link = page.getByTestId('library-link');
    await link.getByText('From the library: Ann').waitFor();
    await savedAfterEdit(page);

    await page.getByLabel('Goal').fill('Changed here');
    await link.getByRole('button', { name: 'Save the changes to the library' }).click();
    await page.getByTestId('toasts').getByText('The library has your changes.').waitFor();
    await link.getByRole('button').waitFor({ state: 'detached' });
    expect(await ask(page, 'agents.get', { id }, 'GET')).toMatchObject({
      name: 'Ann',
      goal: 'Changed here',
      version: 2,
    });

    await ask(page, 'agents.save', { id, goal: 'Newer' }, 'POST');
    await page.reload();
    await card(page, 'Ann 2').click();
    await link.getByRole('button', { name: 'Update from the library' }).click();
    await expect.poll(() => page.getByLabel('Goal').inputValue()).toBe('Newer');
    await savedAfterEdit(page);
    expect((await agentsIn(page, crewId)).at(-1)).toMatchObject({
      name: 'Ann 2',
      goal: 'Newer',
      libraryId: id,
      libraryVersion: 3,
    });
    await leave();
  });

  it('leaves crews whole when it is deleted', async () => {
    const { page, leave, expectErrors } = await visit(browser, {
      url: product.url,
      width: 1440,
      height: 900,
    });
    // The inspector asks for the agent that is gone.
    expectErrors(/404/);
    await comeInAsGuest(page);
    await keep(page);
    const crewId = await makeCrew(page, oneAfterAnother);
    await openCrew(page, crewId);
    await inLibrary(page, 'Mara').click();
    await card(page, 'Mara').waitFor();
    await savedAfterEdit(page);
    await page.goto('/agents');
    await page.getByRole('button', { name: 'More for Mara' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nobody is waiting in the wings').waitFor();
    await openCrew(page, crewId);
    await card(page, 'Mara').click();
    const link = page.getByTestId('library-link');
    await link.getByText('No longer in the library.').waitFor();
    await link.getByRole('button', { name: 'Save to the library' }).click();
    await link.getByText('From the library: Mara').waitFor();
    await inLibrary(page, 'Mara').waitFor();
    await leave();
  });
});

describe('the library', () => {
  it('finds, duplicates and publishes, and keeps nobody out', async () => {
    const { page, leave } = await visit(browser, {
      url: product.url,
      width: 390,
      height: 844,
      theme: 'dark',
    });
    await comeInAsGuest(page);
    const id = await keep(page);
    await keep(page, { ...mara, name: 'Otto', role: 'Fact checker', goal: '' });
    await page.goto('/agents');
    const cards = page.getByTestId('agent-card');
    await cards.filter({ hasText: 'Otto' }).getByText('1 thing to fix').waitFor();
    await page.getByLabel('Search agents').fill('editor');
    await cards.filter({ hasText: 'Otto' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More for Mara' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await cards.filter({ hasText: 'Mara (copy)' }).waitFor();
    await page.getByRole('button', { name: 'More for Mara', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Make public' }).click();
    await cards.getByText('Public', { exact: true }).waitFor();
    expect([await barriers(page), await isTooWide(page)]).toEqual([[], false]);
    await page.getByLabel('Search agents').fill('nobody');
    await page.getByText('Nobody here is called').waitFor();
    await page.goto(`/agents/${id}`);
    await page.getByLabel('Message to Mara').fill('Hello');
    await page.keyboard.press('Enter');
    await answered(page);
    expect([await barriers(page), await isTooWide(page)]).toEqual([[], false]);
    await leave();
  });

  it('shows a public agent to others, who take a copy of it', async () => {
    const owner = await visit(browser, { url: product.url });
    await comeInAsGuest(owner.page);
    const id = await keep(owner.page, { ...mara, visibility: 'public' });
    await owner.leave();

    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await page.goto(`/agents/${id}`);
    await page.getByText('Shared by another workspace.').waitFor();
    expect(await page.getByLabel('Goal').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Copy to my library' }).click();
    await page.getByLabel('Message to Mara').waitFor();
    await expect.poll(() => page.url()).not.toContain(id);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/A card, a crew/).fill('Mara');
    await page.getByRole('option', { name: 'Mara' }).waitFor();
    await leave();
  });

  it('keeps both versions of an agent that was changed in two places', async () => {
    const { page, leave, expectErrors } = await visit(browser, { url: product.url });
    expectErrors(/409/);
    await comeInAsGuest(page);
    const id = await keep(page);
    await page.goto(`/agents/${id}`);
    await page.getByLabel('Goal').waitFor();
    await ask(page, 'agents.save', { id, goal: 'Theirs' }, 'POST');
    await page.getByLabel('Goal').fill('Mine');
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this agent' });
    await dialog.getByRole('button', { name: 'Keep mine as a copy' }).click();
    await page.getByRole('heading', { name: 'Mara (my copy)', exact: true }).waitFor();
    await expect.poll(() => page.getByLabel('Goal').inputValue()).toBe('Mine');
    expect(await ask(page, 'agents.get', { id }, 'GET')).toMatchObject({ goal: 'Theirs' });
    await leave();
  });
});
