import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import { ask, makeCrew, openCrew } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const password = 'a long enough sentence';

async function signUp(page: Page): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await page.goto('/signup');
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByTestId('crew-card').first().waitFor();
  return email;
}

const Letters = z.object({
  items: z.array(z.object({ to: z.string(), subject: z.string(), text: z.string() })),
});

/** The link in the newest mail to somebody with this subject. */
async function linkIn(page: Page, email: string, subject: string): Promise<string> {
  const { items } = Letters.parse(await ask(page, 'mails.letters', {}, 'GET'));
  const letter = items.find((one) => one.to === email && one.subject === subject);
  return /https?:\/\/\S+/.exec(letter?.text ?? '')?.[0] ?? '';
}

async function namesIn(archive: string): Promise<string[]> {
  const zip = await fromBufferPromise(await readFile(archive));
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName);
    await buffer(await zip.openReadStreamPromise(entry));
  }
  return names;
}

it('takes everything along', async () => {
  const { page, leave } = await visit(browser, { url: product.url });
  const email = await signUp(page);
  const crewId = await makeCrew(page, oneAfterAnother, 'To be kept');
  await page.goto('/settings/data');
  await page.getByRole('button', { name: 'Ask for an archive' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('troupe-export.zip');
  expect(await namesIn(await download.path())).toContain(`own/crews/${crewId}.troupe.json`);
  await expect.poll(() => linkIn(page, email, 'Your data is ready')).toMatch(/\/settings\/data$/);
  await leave();
});

it('leaves, and thinks better of it', async () => {
  const { page, leave, expectErrors } = await visit(browser, { url: product.url });
  const email = await signUp(page);
  const crewId = await makeCrew(page, oneAfterAnother, 'To be kept');
  await page.goto('/settings/data');
  await page.getByRole('button', { name: 'Delete the account' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Delete the account' }).isDisabled()).toBe(true);
  await dialog.getByLabel(/Type/).fill('delete');
  // What the page asks as it is signed out may be refused.
  expectErrors(/401/);
  await dialog.getByRole('button', { name: 'Delete the account' }).click();
  await page.getByLabel('E-mail').waitFor();

  expectErrors(/403/);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').getByText('is being deleted').waitFor();

  await page.goto(await linkIn(page, email, 'Your Troupe account will be deleted'));
  await page.getByRole('button', { name: 'Keep my account' }).click();
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByTestId('crew-card').getByText('To be kept').waitFor();
  await openCrew(page, crewId);
  await leave();
});
