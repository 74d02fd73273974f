import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { comeInAsGuest, makeCrew, openCrew } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

const SECRET = 'sk-canary-of-the-browser-7788';

let product: Product;
let browser: Browser;
let models: ModelServer;
beforeAll(async () => {
  models = await startModelServer({});
  [product, browser] = await Promise.all([
    startProduct({ openaiBaseUrl: models.openaiBaseUrl }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await models?.stop();
});

async function add(page: Page, kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: 'Add a credential' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('For', { exact: true }).selectOption(kind);
  for (const [label, value] of Object.entries(fields))
    await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Save and encrypt' }).click();
}

const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

describe('credentials', () => {
  it('are added, moved, entered again and deleted, and never shown', async () => {
    const { page, expectErrors, leave } = await visit(browser, { url: product.url });
    const heard: string[] = [];
    page.on('response', (response) => {
      response.text().then(
        (text) => heard.push(text),
        () => undefined,
      );
    });
    await comeInAsGuest(page);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor();

    expectErrors(/400/);
    await add(page, 'http', { Name: 'Weather', Addresses: 'ftp://weather.example', Value: SECRET });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Write an address like https://api.example.org').waitFor();
    await dialog.getByLabel('Addresses').fill('https://weather.example');
    await dialog.getByRole('button', { name: 'Save and encrypt' }).click();
    await closed(page);
    const row = page.getByRole('listitem').filter({ hasText: 'Weather' });
    await row.getByText('ends with 7788').waitFor();
    await row.getByText('https://weather.example').waitFor();

    await row.getByRole('button', { name: 'More for Weather' }).click();
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await dialog.getByLabel('Addresses').fill('https://elsewhere.example');
    await dialog.getByText('Enter it again, or it is erased').waitFor();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await row.getByText('Enter the secret again').waitFor();

    await row.getByRole('button', { name: 'More for Weather' }).click();
    await page.getByRole('menuitem', { name: 'Replace the secret' }).click();
    await dialog.getByLabel('Value').fill(`${SECRET}-9911`);
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await row.getByText('ends with 9911').waitFor();

    await row.getByRole('button', { name: 'More for Weather' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
    expect(heard.join()).not.toContain(SECRET);
    expect(await page.content()).not.toContain(SECRET);
    await leave();
  });

  it('open models: what has a key is offered, and a crew asks with it', async () => {
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const crewId = await makeCrew(page, oneAfterAnother);
    await page.goto('/settings/credentials');
    await add(page, 'openai-compatible', { Name: 'Ours', Address: models.openaiBaseUrl, 'API key': SECRET });
    await closed(page);
    await add(page, 'anthropic', { Name: 'Claude', 'API key': SECRET });
    await closed(page);

    await openCrew(page, crewId);
    await page.locator('[data-node-id=ann]').click();
    const model = page.getByLabel('Model', { exact: true });
    await model.locator('optgroup[label="Anthropic"]').waitFor({ state: 'attached' });
    expect(
      await model.locator('optgroup').evaluateAll((all) => all.map((each) => each.getAttribute('label'))),
    ).toEqual(['Anthropic', 'Demo']);
    await page.getByText('OpenAI needs a key').waitFor();
    await page.getByRole('button', { name: 'Write another name' }).click();
    await model.fill('custom/ours/some-model');
    await page.getByTestId('run').click();
    await page.getByTestId('result').getByText('Completed').waitFor();
    expect(new Set(models.calls.map(({ key }) => key))).toEqual(new Set([SECRET]));
    await leave();
  });
});
