import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask } from './actions.ts';
import { barriers, isTooWide } from './barriers.ts';
import { launchBrowser, type Visit, visit } from './openBrowser.ts';
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

const password = 'correct horse battery';
const another = 'staple of another kind';
const newAddress = () => `${randomUUID()}@example.com`;

async function signUp(page: Page, email = newAddress()): Promise<string> {
  await page.goto('/signup');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByTestId('crew-card').first().waitFor();
  return email;
}

async function logIn(page: Page, email: string, given: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(given);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

/** Opens the mail that this page waits for, and follows the link in it. Mail of other tests lies beside it. */
async function followMail(page: Page, { to, subject }: { to: string; subject: string }): Promise<void> {
  await page.getByRole('button', { name: 'Read the mail here' }).last().click();
  const letter = page
    .getByTestId('letter')
    .filter({ has: page.getByRole('heading', { name: subject, exact: true }) })
    .filter({ hasText: `To ${to}` });
  await letter.first().getByRole('link').click();
}

const Letters = z.object({ items: z.array(z.object({ to: z.string(), text: z.string() })) });

/** The one mail that no page waits for: whoever gets it did nothing. */
async function undoLink(page: Page, to: string): Promise<string> {
  const { items } = Letters.parse(await ask(page, 'mails.letters', {}, 'GET'));
  const texts = items.filter((letter) => letter.to === to).map(({ text }) => text);
  return /https?:\S+\/undo-email#\S+/.exec(texts.join('\n'))?.[0] ?? '';
}

const enter = (theme: 'light' | 'dark' = 'light', width = 1440): Promise<Visit> =>
  visit(browser, { url: product.url, theme, width, height: 900 });

describe('an account', () => {
  it('is confirmed by a mail that the banner sends again, and an old link says so', async () => {
    const { page, expectErrors, leave } = await enter();
    expectErrors(/status of 400/);
    await signUp(page);
    const banner = page.getByRole('complementary', { name: 'Your address is not confirmed' });
    await banner.getByRole('button', { name: 'Send again' }).click();
    await page.getByTestId('toasts').getByText('The mail is on its way.').waitFor();
    await banner.getByRole('button', { name: 'Read the mail here' }).click();
    const links = page
      .getByTestId('letter')
      .filter({ hasText: 'Confirm your e-mail address' })
      .getByRole('link');
    await expect.poll(() => links.count()).toBeGreaterThanOrEqual(2);
    const used = await links.first().getAttribute('href');
    await links.first().click();
    await heading(page, 'Your address is confirmed');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('link', { name: 'To your crews' }).click();
    await page.getByTestId('crew-card').first().waitFor();
    await banner.waitFor({ state: 'detached' });

    await page.goto(used ?? '');
    await heading(page, 'Your address is confirmed already');
    await leave();

    const stranger = await enter();
    stranger.expectErrors(/status of 400/);
    await stranger.page.goto(used ?? '');
    await heading(stranger.page, 'This link does not work any more');
    await stranger.page.getByRole('link', { name: 'Log in' }).waitFor();
    await stranger.leave();
  });

  it('gets a new password by mail, which signs out every browser and opens none', async () => {
    const other = await enter();
    other.expectErrors(/status of 401/);
    const email = await signUp(other.page);
    const { page, expectErrors, leave } = await enter();
    expectErrors(/status of 40[01]/);
    await page.goto('/login');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    // Until it has come, the door is still there, with a field of the same name.
    await heading(page, 'Forgot your password?');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await heading(page, 'Look into your mail');
    await followMail(page, { to: email, subject: 'Choose a new password' });
    await heading(page, 'Choose a new password');
    expect(new URL(page.url()).hash).toBe('');
    await page.getByLabel('New password').fill('password123');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText(/among the first that anybody would try/).waitFor();
    await page.getByLabel('New password').fill(another);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await heading(page, 'Your password is changed');
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('E-mail').waitFor();
    await logIn(page, email, password);
    await page.getByText('E-mail address or password is wrong.').waitFor();
    await logIn(page, email, another);
    await page.getByTestId('crew-card').first().waitFor();
    await other.page.reload();
    await other.page.getByRole('button', { name: 'Log in' }).waitFor();
    await other.leave();
    await leave();
  });

  it('moves to another address by a mail, and back by another', async () => {
    const { page, expectErrors, leave } = await enter();
    expectErrors(/status of 401/);
    const email = await signUp(page);
    const next = newAddress();
    await page.goto('/settings/account');
    await page.getByLabel('New address').fill(next);
    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByText(/A link to confirm the new address/).waitFor();
    const card = page.getByRole('region', { name: 'E-mail address' });
    await followMail(page, { to: next, subject: 'Confirm your new e-mail address' });
    await page.getByRole('button', { name: 'Use this address' }).click();
    await heading(page, 'Your address is changed');
    await page.goto('/settings/account');
    await card.getByText(next).waitFor();
    await card.getByText('Confirmed').waitFor();

    await page.goto(await undoLink(page, email));
    await page.getByRole('button', { name: 'Take it back' }).click();
    await heading(page, 'The account is yours again');
    await followMail(page, { to: email, subject: 'Choose a new password' });
    await page.getByLabel('New password').fill(another);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await heading(page, 'Your password is changed');
    await logIn(page, email, another);
    await page.getByTestId('crew-card').first().waitFor();
    await leave();
  });

  it('has a name, a picture and a password that are changed in the settings', async () => {
    const { page, expectErrors, leave } = await enter();
    expectErrors(/status of 40[01]/);
    const email = await signUp(page);
    await page.goto('/settings/account');
    await page.getByLabel('Name').fill('Countess Ada');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByTestId('toasts').getByText('Your name is changed.').waitFor();
    await page.getByRole('button', { name: 'Account of Countess Ada' }).waitFor();

    await page.setInputFiles('input[type=file]', { name: 'me.png', mimeType: 'image/png', buffer: picture });
    const face = page.getByRole('navigation', { name: 'Main' }).locator('img');
    await expect.poll(() => face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.setInputFiles('input[type=file]', {
      name: 'me.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    });
    await page
      .getByTestId('toasts')
      .getByText(/not a picture that can be read/)
      .waitFor();
    await page.getByRole('button', { name: 'Take it away' }).click();
    await face.waitFor({ state: 'detached' });

    const change = async (old: string, fresh: string) => {
      await page.getByLabel('Old password').fill(old);
      await page.getByLabel('New password').fill(fresh);
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('not this one', another);
    await page.getByText('The old password is wrong.').waitFor();
    await change(password, another);
    await page
      .getByTestId('toasts')
      .getByText('Your password is changed. We mailed you a note of it.')
      .waitFor();
    await page.reload();
    await heading(page, 'How others see you');
    const elsewhere = await enter();
    await logIn(elsewhere.page, email, another);
    await elsewhere.page.getByTestId('crew-card').first().waitFor();
    await elsewhere.leave();
    await leave();
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each([1440, 390])('nobody is kept out of the pages of an account, %i wide', async (width) => {
    const { page, expectErrors, leave } = await enter(theme, width);
    expectErrors(/status of 400/);
    const found: Record<string, unknown> = {};
    const look = async (screen: string) => {
      found[screen] = { barriers: await barriers(page), isTooWide: await isTooWide(page) };
    };
    for (const [path, title] of [
      ['/forgot', 'Forgot your password?'],
      ['/reset#x', 'Choose a new password'],
      ['/verify#x', 'This link does not work any more'],
      ['/change-email#x', 'Use this address?'],
      ['/undo-email#x', 'Take your account back?'],
    ] as const) {
      await page.goto(path);
      await heading(page, title);
      await look(path);
    }
    await signUp(page);
    await page.goto('/settings/account');
    await heading(page, 'How others see you');
    await look('account');
    await page.getByRole('button', { name: 'Read the mail here' }).first().click();
    await page.getByTestId('letter').first().waitFor();
    await look('mail');
    const clear = { barriers: [], isTooWide: false };
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, clear])));
    await leave();
  });
});

/** A PNG of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
