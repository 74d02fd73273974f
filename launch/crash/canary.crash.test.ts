import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { generate } from 'otplib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { formsOf } from '#worker/credentials/redact.ts';
import { CREDENTIAL_PROVIDERS, type CredentialProvider } from '#workflows/catalogue/credentials.ts';
import { chain } from '#workflows/graph/examples.ts';
import { ApiProcess } from './ApiProcess.ts';
import { CrashHouse } from './CrashHouse.ts';

/**
 * SAFETY V47 and 5: a canary is planted in every field that takes a secret, and in the operator's environment; all secrets that
 * the product makes itself are taken down. They are used, and then looked for everywhere.
 */

const house = new CrashHouse();
const api = new ApiProcess(house);
const canaries = new Map(CREDENTIAL_PROVIDERS.map((provider) => [provider, `sk-canary-${randomUUID()}`]));
const replaced = `sk-canary-${randomUUID()}`;
/** Passwords, keys of the operator, and what the product makes: tokens, links, secrets of apps. By what they are. */
const others = new Map<string, string>([
  ['replaced', replaced],
  ...[
    'password',
    'new password',
    'mistaken password',
    'operator model key',
    'operator search key',
    'operator mail',
  ].map((kind) => [kind, `pw-canary-${randomUUID()}`] as const),
]);
const otherOf = (kind: string): string => others.get(kind) ?? '';
const canaryOf = (provider: CredentialProvider): string => canaries.get(provider) ?? '';

/** Everything that the api ever answered, and every stream of events. */
const said: string[] = [];
/** Sends back the header it was sent, in the ways in which servers do. */
let echo: Server;
let heard = '';

beforeAll(async () => {
  echo = createServer(({ headers }, response) => {
    heard = headers['x-key']?.toString() ?? '';
    response.end(
      [heard, Buffer.from(`key:${heard}`).toString('base64'), encodeURIComponent(heard)].join('\n'),
    );
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  house.egressAllow = new URL(echoUrl()).host;
  house.workerEnv = {
    OPENAI_API_KEY: otherOf('operator model key'),
    SERPER_API_KEY: otherOf('operator search key'),
    // Nobody listens there: each letter that is to leave is tried, and fails with all that the log has to say of it.
    SMTP_URL: `smtp://postman:${otherOf('operator mail')}@127.0.0.1:9`,
  };
  // Letters hold links that open accounts: the test reads them as somebody with the mailbox would.
  api.env = { OUTBOX: 'shown' };
  await house.open();
  await api.start();
  const { accessToken, refreshToken, email } = await api.signIn({ password: otherOf('password') });
  others.set('access token', accessToken).set('refresh token', refreshToken);
  await useAccount(email);
});
afterAll(async () => {
  await api.kill();
  await house.close();
  echo.close();
});

function echoUrl(): string {
  const address = echo.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.send<T>(method, path, body);
  said.push(JSON.stringify(answer));
  return answer;
}

/** Does with an account what makes and takes secrets. Answers that give one, once, to whom it is for are not looked into. */
async function useAccount(email: string): Promise<void> {
  const password = otherOf('new password');
  const mistaken = { email, password: otherOf('mistaken password') };
  await expect(api.send('POST', '/users/login', mistaken)).rejects.toThrow('401');
  await api.send('PUT', '/users/me/password', { oldPassword: otherOf('password'), password });
  await api.send('POST', '/users/forgot-password', { email });
  const { secret } = await api.send<{ secret: string }>('POST', '/second-factor/prepare', {});
  others.set('secret of an app', secret);
  const code = await generate({ secret });
  const on = await api.send<{ recoveryCodes: string[] }>('POST', '/second-factor/enable', { code });
  for (const [index, recovery] of on.recoveryCodes.entries()) others.set(`recovery code ${index}`, recovery);
  const challenge = await fetch(api.url('/users/login'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { challenge: given } = (await challenge.json()) as { challenge?: string };
  if (given !== undefined) others.set('challenge of a login', given);
  // Whoever asks for a link hears the same at once, whether one is written or not.
  const links = async () => {
    const letters = await fetch(api.url('').replace('/api/v1', '/trpc/mails.letters'));
    return (await letters.text()).match(/\/(?:verify|reset)#[\w-]+/g) ?? [];
  };
  while ((await links()).length < 2) await wait(50);
  for (const link of await links()) others.set(`link ${link.split('#')[0]}`, link.split('#')[1] ?? '');
}

const placeOf = (provider: CredentialProvider): object => {
  if (provider === 'openai-compatible') return { url: house.models.openaiBaseUrl };
  if (provider === 'http') return { origins: [echoUrl()], header: 'X-Key', prefix: '' };
  if (provider === 'mcp') return { url: 'https://tools.example/mcp' };
  if (provider === 'smtp') return { url: 'smtps://mail.example', username: 'ada' };
  return {};
};

/** A crew that asks its own server, and calls the server that echoes. */
function graph(model = 'custom/ours/some-model') {
  const { nodes, ...rest } = chain(2);
  return {
    ...rest,
    nodes: nodes.map((node) => {
      if (node.kind === 'agent') return { ...node, data: { ...node.data, model } };
      return node.kind === 'task' ? { ...node, data: { ...node.data, tools: ['http_request'] } } : node;
    }),
  };
}

/** The texts of an archive of everything that is the account's. */
async function exportAccount(): Promise<string[]> {
  const { id } = await ask<View>('POST', '/users/me/exports');
  const content = () => fetch(api.url(`/users/me/exports/${id}/content`), { headers: api.headers() });
  let answer = await content();
  while (!answer.ok) {
    await wait(200);
    answer = await content();
  }
  const zip = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
  const texts: string[] = [];
  for await (const entry of zip.eachEntry())
    texts.push((await buffer(await zip.openReadStreamPromise(entry))).toString());
  return texts;
}

interface View {
  readonly id: string;
  readonly status: string;
}

async function ended(id: string): Promise<View> {
  for (;;) {
    const view = await ask<View>('GET', `/simulations/${id}`);
    if (['completed', 'failed', 'cancelled'].includes(view.status)) return view;
    await wait(100);
  }
}

/** Writes down a stream of events, as a browser hears it. */
async function listen(id: string): Promise<void> {
  const headers = { ...api.headers(), accept: 'text/event-stream' };
  const response = await fetch(api.url(`/simulations/${id}/events`), { headers });
  said.push(await response.text());
}

async function run(crewId: string): Promise<View> {
  const { id } = await ask<View>('POST', '/simulations', { crewId, inputs: {} });
  const [view] = await Promise.all([ended(id), listen(id)]);
  said.push(JSON.stringify(await ask('GET', `/simulations/${id}/steps`)));
  return view;
}

describe('a secret', () => {
  let crewId = '';

  // Before the workspace has keys of its own, which would be taken instead.
  test('of the operator is used, and quoted by its provider', async () => {
    await house.startWorker();
    house.models.script((call) => ({ text: `Your operator sent ${call.key}.` }));
    const own = graph('openai/gpt-4.1-mini');
    const { id } = await ask<View>('POST', '/crews', { name: 'Operator', graph: own });
    expect((await run(id)).status).toBe('completed');
    expect(house.models.calls.map(({ key }) => key)).toContain(otherOf('operator model key'));
    expect(said.join()).toContain('[secret:operator]');
    await house.killWorker();
    house.models.reset();
  });

  test('is used: by a model through a crash of the worker, and by a tool', async () => {
    for (const provider of CREDENTIAL_PROVIDERS) {
      const name = provider === 'openai-compatible' ? 'ours' : provider;
      const secret = provider === 'brave' ? replaced : canaryOf(provider);
      const { id } = await ask<View>('POST', '/credentials', {
        name,
        provider,
        secret,
        ...placeOf(provider),
      });
      if (provider === 'brave') await ask('PUT', `/credentials/${id}/secret`, { secret: canaryOf(provider) });
    }
    crewId = (await ask<View>('POST', '/crews', { name: 'Canaries', graph: graph() })).id;
    const hasAsked = new Set<string>();
    house.models.script((call) => {
      const isFirst = call.prompt.includes('Do t1.') && !hasAsked.has(call.prompt);
      if (isFirst && !call.prompt.includes('HTTP 200')) {
        hasAsked.add(call.prompt);
        return { toolCalls: [{ name: 'http_request', arguments: { method: 'GET', url: echoUrl() } }] };
      }
      const encoded = Buffer.from(call.key).toString('base64');
      return { text: `You sent ${call.key}, which is ${encoded}.`, chunks: { count: 30 } };
    });
    await house.startWorker({ point: 'answerReceived', path: 't1/t2/0/think.1' });
    expect((await run(crewId)).status).toBe('completed');
    expect(heard).toBe(canaryOf('http'));
    expect(new Set(house.models.calls.map(({ key }) => key))).toEqual(
      new Set([canaryOf('openai-compatible')]),
    );
    expect(said.join()).toContain('[secret:ours]');
  });

  test('is in no prompt, although a tool was answered with it', () => {
    const prompts = house.models.calls.map(({ prompt, body }) => prompt + JSON.stringify(body)).join();
    expect(prompts).toContain('[secret:http]');
    expect(canariesIn(prompts)).toEqual([]);
  });

  test('is quoted by a provider that refuses it', async () => {
    house.models.script((call) => ({ status: 401, error: { message: `Bad key ${call.key}` } }));
    expect((await run(crewId)).status).toBe('failed');
  });

  test('goes through forks and exports', async () => {
    house.models.script((call) => ({ text: `Again ${call.key}.` }));
    const { items } = await ask<{ items: View[] }>('GET', '/simulations');
    const parent = items.find(({ status }) => status === 'completed');
    const body = { rerun: ['t1/t2/0/think.1'] };
    await ask('POST', `/simulations/${parent?.id}/fork/preview`, body);
    const fork = await ask<View>('POST', `/simulations/${parent?.id}/fork`, body);
    expect((await ended(fork.id)).status).toBe('completed');
    await listen(fork.id);
    for (const format of ['troupe', 'crewai', 'crewai-json', 'crewai-flow'])
      await ask('GET', `/crews/${crewId}/export?format=${format}`);
    await ask('GET', '/credentials');
    await ask('GET', '/models');
    await ask('GET', '/audit?limit=100');
    await ask('GET', '/audit/export');
    said.push(...(await exportAccount()));
  });

  test('of the operator is in no line about the mails that could not be sent', async () => {
    const log = () => readFileSync(join(house.folder, 'worker.log'), 'utf8');
    await expect.poll(log, { timeout: 30_000 }).toContain('postman');
  });

  test('V47: is afterwards in no answer, no stream, no table, no log and no file of Postgres or Temporal', async () => {
    expect(canariesIn(said.join('\n'))).toEqual([]);
    expect(canariesIn(await dump())).toEqual([]);
    // Whoever still runs removes and renames files while they are read.
    await Promise.all([api.kill(), house.killWorker(), house.temporal.kill(), house.postgres.stop()]);
    const files = readdirSync(house.folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['temporal.db', 'api.log', 'worker.log']),
    );
    for (const { parentPath, name } of files) {
      const found = canariesIn(readFileSync(join(parentPath, name), 'latin1'));
      expect({ name, found }).toEqual({ name, found: [] });
    }
  });
});

/** Which kinds' canaries a text holds, however they were encoded. */
const canariesIn = (text: string): string[] =>
  [...canaries, ...others]
    .filter(([, value]) => [...formsOf(value), ...bytesOf(value)].some((form) => text.includes(form)))
    .map(([kind]) => kind);

/** As Postgres shows a column of bytes, and as addresses carry them. */
const bytesOf = (value: string): string[] => [
  Buffer.from(value).toString('hex'),
  Buffer.from(value).toString('base64url'),
];

/** Every row of every table as text, and a table of credentials that is not empty. */
async function dump(): Promise<string> {
  const owner = new pg.Client({ connectionString: house.postgres.url });
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
      parts.push(...rows.map(({ row }) => row));
    }
    const { rows } = await owner.query('select 1 from credentials where ciphertext is not null');
    expect(rows).toHaveLength(CREDENTIAL_PROVIDERS.length);
    return parts.join('\n');
  } finally {
    await owner.end();
  }
}
