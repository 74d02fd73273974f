import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerUrl } from '#api/testing/environment.ts';
import { launchBrowser, type Visit, visit } from './openBrowser.ts';
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

async function signUp(name: string): Promise<Visit & { email: string }> {
  const visitor = await visit(browser, { url: product.url });
  const { page } = visitor;
  const email = `${randomUUID()}@example.com`;
  await page.goto('/signup');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  return { ...visitor, email };
}

/** As whoever owns the tables: the product itself could do none of this. */
async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

const banner = (page: Page) => page.getByLabel('This workspace is stopped');

describe('the audit of a workspace', () => {
  it('tells what was done, and notices when somebody has changed it', async () => {
    const { page, email, leave } = await signUp('Ada');
    await page.goto('/settings/audit');
    await page.getByText('The log is whole').waitFor();
    await page.getByText('Signed up').last().waitFor();
    await page.getByLabel('What was done').selectOption({ label: 'Replaced a secret' });
    await page.getByRole('heading', { name: 'Nothing of this kind' }).waitFor();
    expect(new URL(page.url()).search).toBe('?action=credentials.replace');
    await asOwner(
      `update audit_entries set ip = '203.0.113.9' where seq = 1 and workspace_id in (
         select m.workspace_id from memberships m join users u on u.id = m.user_id where u.email = $1)`,
      [email],
    );
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The log was tampered with').waitFor();
    await page.getByText(/^Entry 1 is not as it was written/).waitFor();
    await leave();
  });
});

describe('a stopped workspace', () => {
  it('says so on every page, starts nothing, and goes on', async () => {
    const { page, leave } = await signUp('Ada');
    await page.goto('/settings/workspace');
    await page.getByRole('button', { name: 'Stop the workspace' }).click();
    const stop = page.getByRole('button', { name: 'Stop it now' });
    expect(await stop.isDisabled()).toBe(true);
    await page.getByLabel('Why').fill('It writes to customers.');
    await stop.click();
    await banner(page).getByText('It writes to customers.').waitFor();
    await page.goto('/crews');
    await banner(page).waitFor();
    await page.goto('/settings/workspace');
    await page.getByRole('button', { name: 'Let the workspace go on' }).click();
    await banner(page).waitFor({ state: 'detached' });
    await page.goto('/settings/audit');
    await page.getByRole('list').getByText('Let the workspace go on', { exact: true }).waitFor();
    await leave();
  });
});

describe('the pages of administrators', () => {
  it('are not there for anybody else', async () => {
    const { page, leave } = await signUp('Ada');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
    await page.goto('/admin/users');
    await page.getByRole('heading', { name: 'Nobody is on this stage' }).waitFor();
    await leave();
  });

  it('close an account, which ends where it is open, and stop a workspace above its owner', async () => {
    const root = await signUp('Root');
    await asOwner(`update users set role = 'admin' where email = $1`, [root.email]);
    const eve = await signUp('Eve Elsewhere');
    const { page } = root;
    await page.goto('/crews');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Administration' }).click();
    await page.getByLabel('Name or address').fill(eve.email);
    const row = page.getByRole('listitem').filter({ hasText: eve.email });
    await row.waitFor();

    await page.getByRole('link', { name: 'Workspaces' }).click();
    await page.getByLabel('Name').fill('Eve Elsewhere');
    await page.getByRole('listitem').getByRole('button', { name: 'Stop' }).first().click();
    await page.getByLabel('Why').fill('Floods others.');
    await page.getByRole('button', { name: 'Stop it now' }).click();
    await page.getByText('Stopped by an administrator').waitFor();
    await eve.page.goto('/settings/workspace');
    await banner(eve.page).getByText('Floods others.').waitFor();
    expect(await eve.page.getByRole('button', { name: 'Let the workspace go on' }).count()).toBe(0);

    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByLabel('Name or address').fill(eve.email);
    await row.getByRole('button', { name: 'Close account' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close account' }).click();
    await page.getByTestId('toasts').getByText('Eve Elsewhere is signed out').waitFor();
    eve.expectErrors(/401/);
    await eve.page.goto('/crews');
    await eve.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByRole('heading', { name: 'Usage' }).waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('Answers').waitFor();
    await Promise.all([root.leave(), eve.leave()]);
  });
});
