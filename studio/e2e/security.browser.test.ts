import { randomUUID } from 'node:crypto';
import { generate } from 'otplib';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl } from '#api/testing/environment.ts';
import { barriers, isTooWide } from './barriers.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

const PASSWORD = 'correct horse battery';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function signUp(page: Page): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await page.goto('/signup');
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await isInside(page);
  return email;
}

async function givePassword(page: Page, email: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const isInside = (page: Page) => page.getByRole('button', { name: /^Account of/ }).waitFor();

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
}

/** As if everybody had given their password this long ago. */
async function grow(email: string, minutes: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    await client.query(
      `update sessions set authenticated_at = now() - make_interval(mins => $2)
       where user_id = (select id from users where email = $1)`,
      [email, minutes],
    );
  } finally {
    await client.end();
  }
}

/** As the dialog shows it to people who type it. */
async function readSecret(page: Page): Promise<string> {
  const shown = page.getByRole('dialog').getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/);
  return ((await shown.textContent()) ?? '').replaceAll(' ', '');
}

/** A code of the time step that is now, or of the next. */
const codeOf = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * 30 });

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each([1440, 390])('keeps nobody out of devices and two steps at %i pixels', async (width) => {
    const { page, expectErrors, leave } = await visit(browser, { url: product.url, theme, width });
    const found: Record<string, unknown> = {};
    const look = async (screen: string) => {
      found[screen] = [...(await barriers(page)), ...((await isTooWide(page)) ? ['too wide'] : [])];
    };
    const email = await signUp(page);
    await page.goto('/settings/security');
    await page.getByRole('listitem').filter({ hasText: 'This device' }).waitFor();
    await page.getByRole('button', { name: 'Turn it on' }).waitFor();
    await look('off');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const secret = await readSecret(page);
    await look('setting it up');
    await page.getByRole('textbox', { name: 'Code' }).fill(await codeOf(secret));
    await page.getByRole('dialog').getByRole('button', { name: 'Turn it on' }).click();
    await page.getByLabel('I have kept them').waitFor();
    await look('recovery codes');
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('10 recovery codes left').waitFor();
    await look('on');
    await grow(email, 11);
    expectErrors(/40[13]/);
    await page.getByRole('button', { name: 'Get new recovery codes' }).click();
    await page.getByRole('button', { name: 'Give a code instead' }).waitFor();
    await look('password again');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.context().clearCookies();
    await givePassword(page, email);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await look('second step');
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, []])));
    await leave();
  });
});

describe('the devices of an account', () => {
  it('are listed, and signed out with the password given again', async () => {
    const ada = await visit(browser, { url: product.url });
    const { page } = ada;
    const email = await signUp(page);
    const other = await visit(browser, { url: product.url });
    await givePassword(other.page, email);
    await isInside(other.page);

    await page.goto('/settings/security');
    const devices = page.getByRole('region', { name: 'Your devices' });
    await devices.getByRole('listitem').nth(1).waitFor();
    await devices
      .getByRole('listitem')
      .filter({ hasText: 'This device' })
      .getByText('Chrome on Linux')
      .waitFor();

    await grow(email, 11);
    ada.expectErrors(/403|401/);
    await devices.getByRole('button', { name: 'Sign out Chrome on Linux' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByLabel('Password').fill('something else');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('The password is wrong.').waitFor();
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Chrome on Linux is signed out.').first().waitFor();
    await expect.poll(() => devices.getByRole('listitem').count()).toBe(1);

    other.expectErrors(/401/);
    await other.page.goto('/crews');
    await other.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await other.leave();
    await ada.leave();
  });

  it('stay as they are when somebody would rather not give the password', async () => {
    const { page, expectErrors, leave } = await visit(browser, { url: product.url });
    const email = await signUp(page);
    const other = await visit(browser, { url: product.url });
    await givePassword(other.page, email);
    await isInside(other.page);
    await page.goto('/settings/security');
    await grow(email, 11);
    expectErrors(/403/);
    await page.getByRole('button', { name: 'Sign out all others' }).click();
    await page.getByRole('button', { name: 'Sign them out' }).click();
    await page
      .getByRole('dialog', { name: 'Confirm that it is you' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await other.page.goto('/crews');
    await isInside(other.page);
    await other.leave();
    await leave();
  });
});

describe('two-step login', () => {
  it('is turned on, asks for a code, and lets in with a recovery code', async () => {
    const { page, expectErrors, leave } = await visit(browser, { url: product.url });
    expectErrors(/401/);
    const email = await signUp(page);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Security' }).click();

    await page.getByRole('button', { name: 'Turn it on' }).click();
    const setUp = page.getByRole('dialog', { name: 'Turn two-step login on' });
    await setUp.getByRole('img', { name: 'Picture for your app to scan' }).waitFor();
    const secret = await readSecret(page);
    await setUp.getByLabel('Code').fill('000000');
    await setUp.getByRole('button', { name: 'Turn it on' }).click();
    await setUp.getByText('This code is wrong').waitFor();
    await setUp.getByLabel('Code').fill(await codeOf(secret));
    await setUp.getByRole('button', { name: 'Turn it on' }).click();

    const kept = page.getByRole('dialog', { name: 'Keep your recovery codes' });
    const list = kept.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect.poll(() => list.count()).toBe(10);
    const codes = await list.allTextContents();
    await kept.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
    expect(await kept.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    await kept.getByLabel('I have kept them').check();
    await kept.getByRole('button', { name: 'Done' }).click();
    await page.getByText('You have 10 recovery codes left.').waitFor();
    expect(await page.content()).not.toContain(codes[0]);

    await logOut(page);
    await givePassword(page, email);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('This code is wrong').waitFor();
    await page.getByLabel('Code').fill(await codeOf(secret, 1));
    await page.getByRole('button', { name: 'Log in' }).click();
    await isInside(page);

    await logOut(page);
    await givePassword(page, email);
    await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await page.getByLabel('Recovery code').fill(codes[4] ?? '');
    await page.getByRole('button', { name: 'Log in' }).click();
    await isInside(page);
    await page.goto('/settings/security');
    await page.getByText('You have 9 recovery codes left.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'This device' }).getByText('In two steps').waitFor();

    await page.getByRole('button', { name: 'Turn it off' }).click();
    const off = page.getByRole('dialog', { name: 'Turn two-step login off?' });
    await off.getByLabel('Code').fill(codes[5] ?? '');
    await off.getByRole('button', { name: 'Turn it off' }).click();
    await page.getByRole('button', { name: 'Turn it on' }).waitFor();
    await logOut(page);
    await givePassword(page, email);
    await isInside(page);
    await leave();
  });
});
