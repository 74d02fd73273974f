import { describe, expect, it } from 'vitest';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import { loadSkill } from '#workflows/catalogue/skillTools.ts';
import { TOOLS } from '#workflows/catalogue/tools.ts';
import { EgressBlocked } from './egress/EgressBlocked.ts';
import { MAX_RESULT_BYTES, readCall, runCall } from './runTool.ts';
import { type Tool, ToolProblem } from './Tool.ts';
import { toolContext } from './testing/toolContext.ts';
import { toolsForTests } from './testing/toolsForTests.ts';

const tools = toolsForTests();
const context = toolContext();
const run = (name: string, rawArguments: string, offered = [...tools.keys()]) =>
  runCall(
    readCall(offered.includes(name) ? tools.get(name) : undefined, { name, rawArguments, usable: offered }),
    context,
  );

describe('a tool call', () => {
  it('implements exactly the declared tools', () => {
    expect([...tools.values()].map((tool) => tool.declaration)).toEqual([...TOOLS, loadSkill]);
  });

  it('gives the result of a good call', async () => {
    expect(await run('calculator', '{"expression":"6*7"}')).toEqual({ ok: true, text: '6*7 = 42' });
    expect(await run('current_time', '')).toEqual({
      ok: true,
      text: 'Tuesday, 24 November 2026, 07:05:09 (UTC)',
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'Calculator', 'x'.repeat(10_000)])(
    'is not fooled by the name %j',
    async (name) => {
      const { ok, text } = await run(name, '{}');
      expect(ok).toBe(false);
      expect(text).toContain('There is no tool named');
      expect(text).toContain('calculator, current_time');
      expect(text.length).toBeLessThan(400);
    },
  );

  it('V51: refuses a tool that this agent was not offered', async () => {
    expect(await run('calculator', '{"expression":"1"}', ['current_time'])).toEqual({
      ok: false,
      text: 'There is no tool named "calculator". You can use: current_time.',
    });
  });

  it.each(['not json', '{"a" 1}', '{"a": ', `"${'x'.repeat(300_000)}"`])(
    'tells the model that its arguments are not JSON',
    async (rawArguments) => {
      const { ok, text } = await run('calculator', rawArguments);
      expect(ok).toBe(false);
      expect(text).toContain('not valid JSON');
    },
  );

  it.each([
    '{}',
    '{"expression": 5}',
    '{"expression": ""}',
    '[]',
    'null',
    '"1+1"',
    '{"expression":"1","extra":true}',
  ])('tells the model how the arguments %s are wrong', async (rawArguments) => {
    const { ok, text } = await run('calculator', rawArguments);
    expect(ok).toBe(false);
    expect(text).toContain('The arguments do not fit calculator');
  });

  it('refuses prototype names as arguments and leaves prototypes alone', async () => {
    const { ok } = await run('calculator', '{"expression":"1","__proto__":{"isAdmin":true}}');
    expect(ok).toBe(false);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('survives arguments nested 100,000 deep', async () => {
    const { ok } = await run('calculator', `{"expression":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(ok).toBe(false);
  });

  it('gives the problem of a calculation to the model', async () => {
    expect(await run('calculator', '{"expression":"1/0"}')).toEqual({
      ok: false,
      text: 'Division by zero has no result.',
    });
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    const call = readCall(tools.get('calculator'), {
      name: 'calculator',
      rawArguments: '{"expression":"1"}',
      usable: [],
    });
    const cancelled = runCall(call, { ...context, signal });
    await expect(cancelled).rejects.toThrow('cancelled');
  });

  it('keeps every text below its limit', async () => {
    const { text } = await run('current_time', `{"timeZone":"${'ü'.repeat(60)}"}`);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_RESULT_BYTES);
  });

  const custom = (run: Tool['run'], timeLimitMs?: number): Tool => ({
    declaration: {
      name: 'custom',
      title: 'Custom',
      description: '',
      parameters: { type: 'object' },
      changesOutsideWorld: false,
      version: '1',
    },
    run,
    timeLimitMs,
  });
  const call = (run: Tool['run'], timeLimitMs?: number) =>
    runCall({ tool: custom(run, timeLimitMs), args: {} }, context);

  it('answers for a tool that hangs, even one that does not listen', async () => {
    expect(await call(() => new Promise(() => undefined), 5)).toEqual({
      ok: false,
      text: 'Custom took too long and was stopped.',
    });
  });

  it('stops a tool that listens, and says why rather than what it threw', async () => {
    const listens: Tool['run'] = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('socket hang up')));
      });
    expect(await call(listens, 5)).toMatchObject({
      ok: false,
      text: 'Custom took too long and was stopped.',
    });
  });

  it('passes on that a tool failed, and what it changed', async () => {
    const writes = [{ kind: 'file', name: 'a.txt', text: 'a' }] as const;
    expect(await call(async () => ({ text: 'HTTP 500', ok: false }))).toEqual({
      ok: false,
      text: 'HTTP 500',
    });
    expect(await call(async () => ({ text: 'Written.', writes }))).toEqual({
      ok: true,
      text: 'Written.',
      writes,
    });
  });

  it('tells the model of problems and refusals, and keeps faults of our own to us', async () => {
    const failing = (error: Error) =>
      call(async () => {
        throw error;
      });
    expect(await failing(new ToolProblem('Too big.'))).toEqual({ ok: false, text: 'Too big.' });
    expect((await failing(new EgressBlocked('address'))).text).toContain('not on the public internet');
    expect((await failing(new CredentialRefused('credential.missing', 'x'))).text).toContain(
      'not in this workspace',
    );
    await expect(failing(new Error('bug'))).rejects.toThrow('bug');
  });
});
