import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { answerInputs, ask } from './actions.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  // Long enough that somebody is still at work while a role changes.
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 20_000 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const Named = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const Letters = z.object({ items: z.array(z.object({ to: z.string(), text: z.string() })) });

/** The path of the link in the newest mail to an address that has one like it. */
async function linkFor(page: Page, email: string, path: string): Promise<string> {
  const { items } = Letters.parse(await ask(page, 'mails.letters', {}, 'GET'));
  const links = items
    .filter(({ to }) => to === email)
    .map(({ text }) => /https?:\/\/[^/\s]+(\S+)/.exec(text)?.[1]);
  const link = links.find((each) => each?.startsWith(path));
  if (!link) throw new Error(`No mail to ${email} leads to ${path}`);
  return link;
}

async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('a password for this test');
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await page.getByTestId('crew-card').first().waitFor();
  const token = (await linkFor(page, email, '/verify')).split('#')[1];
  await ask(page, 'users.verify', { token }, 'POST');
  await page.reload();
}

test('an owner invites by mail; who joins works with the team, and loses at once what they may no more', async () => {
  const [adaAddress, bobAddress] = [`ada-${randomUUID()}@example.com`, `bob-${randomUUID()}@example.com`];
  const [ada, bob] = await Promise.all([
    visit(browser, { url: product.url }),
    visit(browser, { url: product.url }),
  ]);
  // What is refused to a member who is one no more says so in the console of their browser.
  for (const { expectErrors } of [ada, bob]) expectErrors(/40[34]/);

  await signUp(ada.page, 'Ada', adaAddress);
  await ada.page.getByTestId('workspace-switch').click();
  await ada.page.getByRole('menuitem', { name: 'New workspace for a team' }).click();
  await ada.page.getByLabel('Name').fill('Research');
  await ada.page.getByRole('button', { name: 'Make it' }).click();
  await ada.page.getByRole('button', { name: 'Invite' }).click();
  await ada.page.getByLabel('E-mail').fill(bobAddress);
  await ada.page.getByRole('radio', { name: /Runner/ }).check();
  await ada.page.getByRole('button', { name: 'Send the invitation' }).click();
  await ada.page.getByTestId('invitation-row').getByText(bobAddress).waitFor();
  await ada.page.getByRole('link', { name: 'Crews', exact: true }).click();
  await ada.page.getByRole('button', { name: /^Start with/ }).click();
  await ada.page.getByTestId('save-chip').waitFor();
  const crewPath = new URL(ada.page.url()).pathname;
  const who = { name: 'Mara', role: 'Editor', goal: 'Make texts clear', backstory: 'Edited a newspaper' };
  const { items } = Named.parse(await ask(ada.page, 'workspaces.list', undefined, 'GET'));
  const research = items.find(({ name }) => name === 'Research')?.id;
  const mara = await ask(ada.page, 'agents.create', who, 'POST', research);

  // The link proves the address: nothing else is to be confirmed.
  await bob.page.goto(await linkFor(ada.page, bobAddress, '/invite'));
  await bob.page.getByLabel('Name').fill('Bob');
  await bob.page.getByLabel('Password').fill('another password for this');
  await bob.page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await bob.page.getByRole('button', { name: 'Join' }).click();
  await bob.page.getByTestId('crew-card').waitFor();
  await bob.page.getByRole('button', { name: 'New crew' }).waitFor({ state: 'detached' });

  // A runner sees the crew whole, changes nothing, and runs it.
  await bob.page.goto(crewPath);
  await bob.page.getByText('To look at and run').waitFor();
  await bob.page.getByTestId('run').click();
  await answerInputs(bob.page, 'tea');
  await bob.page.getByRole('button', { name: 'Pause' }).waitFor();

  // And tries an agent as it stands.
  await bob.page.goto(`/agents/${z.object({ id: z.string() }).parse(mara).id}`);
  await bob.page.getByText('To look at and to try').waitFor();
  await bob.page.getByLabel('Message to Mara').fill('What do you do?');
  await bob.page.getByRole('button', { name: 'Try', exact: true }).click();
  await bob.page.getByTestId('exchange').getByText('What do you do?').waitFor();
  await bob.page.goto(crewPath);

  await ada.page.goto('/settings/members');
  await ada.page.getByLabel('Role of Bob').selectOption('viewer');
  await bob.page.getByText('To look at', { exact: true }).waitFor();
  expect(await bob.page.getByRole('button', { name: 'Pause' }).count()).toBe(0);

  // In a tab that is somewhere else, the same link says where it leads.
  const tab = await bob.context.newPage();
  await tab.goto('/crews');
  await tab.getByTestId('workspace-switch').click();
  await tab.getByRole('menuitem', { name: 'Bob’s workspace' }).click();
  await tab.getByRole('button', { name: 'New crew' }).waitFor();
  await tab.goto(crewPath);
  await tab.getByRole('button', { name: 'Switch to Research' }).click();
  await tab.getByText('To look at', { exact: true }).waitFor();

  await ada.page.getByRole('button', { name: 'Take out Bob' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click();
  for (const page of [bob.page, tab]) await page.getByText('You do not belong to this workspace').waitFor();
  await bob.page.getByRole('button', { name: 'To your own workspace' }).click();
  await bob.page.getByRole('button', { name: 'New crew' }).waitFor();

  await ada.page.goto('/settings/workspace');
  await ada.page.getByRole('button', { name: 'Delete the workspace' }).click();
  await ada.page.getByLabel('Type “Research” to go on').fill('Research');
  await ada.page.getByRole('button', { name: 'Delete for everybody' }).click();
  await ada.page.getByRole('button', { name: 'New crew' }).waitFor();
  await Promise.all([ada.leave(), bob.leave()]);
});
