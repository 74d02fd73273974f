import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CallRecord, type ModelServer, type Rule, startModelServer } from './modelServer.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ length: 120 });
});
beforeEach(() => server.reset());
afterAll(() => server.stop());

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
const ask = (prompt: string, more: object = {}) =>
  post(`${server.openaiBaseUrl}/chat/completions`, {
    model: 'm',
    messages: [{ role: 'user', content: prompt }],
    ...more,
  });
const textOf = async (response: Response): Promise<string> =>
  (await response.json()).choices[0].message.content;

describe('the model server', () => {
  it('answers each prompt with a text of its own, the same every time', async () => {
    const [first, again, other] = [await ask('one'), await ask('one'), await ask('two')];
    const text = await textOf(first);
    expect(await textOf(again)).toBe(text);
    expect(await textOf(other)).not.toBe(text);
    expect(text.length).toBeGreaterThan(100);
    expect(text.length).toBeLessThan(160);
  });

  it('keeps a record of every call, in both dialects', async () => {
    await ask('one', { stream: true }).then((response) => response.text());
    const body = {
      model: 'c',
      system: 'Be brief.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'two' }] }],
    };
    await post(`${server.anthropicBaseUrl}/v1/messages`, body, { 'x-api-key': 'k2' }).then((r) => r.json());
    expect(server.calls).toMatchObject([
      { n: 1, dialect: 'openai', model: 'm', prompt: 'one', key: '', state: 'finished', finished: true },
      { n: 2, dialect: 'anthropic', model: 'c', prompt: 'Be brief.\ntwo', key: 'k2', finished: true, body },
    ]);
    expect(server.callsFor(({ prompt }) => prompt.includes('two'))).toHaveLength(1);
    expect(await fetch(`${server.url}/__calls`).then((r) => r.json())).toEqual(server.calls);
  });

  it('gives usage in a stream only when it is asked for', async () => {
    const plain = await ask('one', { stream: true }).then((response) => response.text());
    expect(plain).not.toContain('prompt_tokens');
    const counted = await ask('one', { stream: true, stream_options: { include_usage: true } });
    expect(await counted.text()).toContain('"prompt_tokens":2');
  });

  it('follows rules in order, each as often as it says', async () => {
    const rules: Rule[] = [
      { match: { promptIncludes: 'one' }, times: 1, reply: { status: 429, headers: { 'retry-after': '1' } } },
      { match: { promptIncludes: 'one', model: 'm', dialect: 'openai' }, reply: { text: 'then this' } },
    ];
    await post(`${server.url}/__script`, rules);
    const limited = await ask('one');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await textOf(await ask('one'))).toBe('then this');
    expect(await textOf(await ask('two'))).toContain('Answer');
  });

  it('refuses a script that it does not understand', async () => {
    const { status } = await post(`${server.url}/__script`, [{ reply: { tekst: 'x' } }]);
    expect(status).toBe(400);
  });

  it('holds answers at gates until they are released, now and later', async () => {
    server.script(({ prompt }) => ({ text: prompt, hold: 'before', gate: prompt }));
    const first = ask('a');
    const other = ask('b');
    await server.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
    server.release('a');
    expect(await textOf(await first)).toBe('a');
    expect(await textOf(await ask('a'))).toBe('a');
    expect(server.calls.map(({ prompt, finished }) => [prompt, finished])).toEqual([
      ['a', true],
      ['b', false],
      ['a', true],
    ]);
    await post(`${server.url}/__release`, { gate: 'b' });
    expect(await textOf(await other)).toBe('b');
  });

  it('tells of each call as it arrives', async () => {
    const seen: number[] = [];
    const stop = server.onCall(({ n }) => seen.push(n));
    await ask('one');
    stop();
    await ask('two');
    expect(seen).toEqual([1]);
  });

  it('notices when the client goes away', async () => {
    server.script(() => ({ hold: 'half' }));
    const cancel = new AbortController();
    const url = `${server.openaiBaseUrl}/chat/completions`;
    const body = JSON.stringify({ model: 'm', stream: true, messages: [] });
    const response = fetch(url, { method: 'POST', body, signal: cancel.signal });
    await server.until(([call]) => call?.state === 'held');
    cancel.abort();
    await expect(response.then((r) => r.text())).rejects.toThrow();
    await server.until(([call]) => call?.state === 'aborted');
    expect(server.calls[0]?.finished).toBe(false);
  });

  it('says what it does not have', async () => {
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${server.openaiBaseUrl}/models`).then((r) => r.json())).data).toHaveLength(1);
  });

  it('runs as a process of its own, which keeps the counts', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, '--latency', '5', '--length', '50'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const line = await firstLine(child.stdout);
      const url = line.replace('model server: ', '');
      await post(`${url}/v1/chat/completions`, { model: 'm', messages: [{ role: 'user', content: 'one' }] });
      const calls: CallRecord[] = await fetch(`${url}/__calls`).then((r) => r.json());
      expect(calls).toMatchObject([{ n: 1, prompt: 'one', finished: true }]);
      await post(`${url}/__reset`, {});
      expect(await fetch(`${url}/__calls`).then((r) => r.json())).toEqual([]);
    } finally {
      child.kill('SIGTERM');
    }
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
  });
});

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    createInterface(stream).once('line', (line) => resolve(line));
  });
}
