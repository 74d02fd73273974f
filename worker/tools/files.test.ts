import { describe, expect, it } from 'vitest';
import { createSendMail } from './mail/sendMail.ts';
import { readCall, runCall } from './runTool.ts';
import { toolContext } from './testing/toolContext.ts';
import { rememberedMail, toolsForTests } from './testing/toolsForTests.ts';

const tools = toolsForTests();
const call = (name: string, args: unknown, state?: unknown, text = '') =>
  runCall(
    readCall(tools.get(name), { name, rawArguments: JSON.stringify(args), usable: [] }),
    toolContext({ state, files: { read: async () => text } }),
  );

describe('files of a simulation', () => {
  const version = { name: 'a.md', ref: 'r', size: 5 };

  it('are written as state of the simulation', async () => {
    expect(await call('write_file', { name: 'a.md', content: 'häh' })).toEqual({
      ok: true,
      text: '"a.md" is written: 4 bytes.',
      writes: [{ kind: 'file', name: 'a.md', text: 'häh' }],
    });
  });

  it('are left alone when the caller wants that', async () => {
    const result = await call('write_file', { name: 'a.md', content: 'x', overwrite: false }, version);
    expect(result).toEqual({
      ok: false,
      text: 'There is a file named "a.md" already, and overwrite is false.',
    });
  });

  it('are read whole or in part', async () => {
    expect((await call('read_file', { name: 'a.md' }, version, 'a\nb\nc')).text).toBe('a\nb\nc');
    expect((await call('read_file', { name: 'a.md', startLine: 2 }, version, 'a\nb\nc')).text).toBe('b\nc');
    expect(
      (await call('read_file', { name: 'a.md', startLine: 2, lineCount: 1 }, version, 'a\nb\nc')).text,
    ).toBe('b');
    expect((await call('read_file', { name: 'a.md', startLine: 9 }, version, 'a')).text).toBe(
      'The file has 1 lines.',
    );
    expect((await call('read_file', { name: 'a.md' }, null)).text).toContain('no file named "a.md"');
  });

  it('are listed', async () => {
    expect((await call('list_files', {}, [version])).text).toBe('a.md (5 bytes)');
    expect((await call('list_files', {}, [])).text).toBe('This simulation has no files yet.');
  });

  it.each([
    '../x',
    '/etc/passwd',
    'a/../../b',
    'a\\b',
    'C:x',
    'a\u0000b',
    'a\nb',
    '.',
    '..',
    'a//b',
    'a/',
    '',
  ])('are never named %j', async (name) => {
    for (const tool of ['read_file', 'write_file']) {
      const result = await call(tool, { name, ...(tool === 'write_file' && { content: '' }) });
      expect(result).toMatchObject({ ok: false, text: expect.stringContaining('do not fit') });
    }
  });
});

describe('sending mail', () => {
  const mail = rememberedMail();
  const send = createSendMail(mail);
  const args = { to: ['ana@example.com'], subject: 'Hello', text: 'Body' };

  it('hands the message over with its place, so that a repeat is known', async () => {
    const context = toolContext();
    expect(await send.run(args, context)).toBe('The mail to ana@example.com is sent.');
    const { workspaceId, simulationId, path } = context;
    expect(mail.sent).toEqual([{ workspaceId, simulationId, path, ...args }]);
  });

  it.each([
    { ...args, subject: 'Hi\r\nBcc: all@example.com' },
    { ...args, to: ['ana@example.com\nBcc: x@example.com'] },
    { ...args, to: ['"a b" <ana@example.com>'] },
    { ...args, to: ['ana@example.com, bo@example.com'] },
    { ...args, to: [] },
    { ...args, from: 'me@example.com' },
  ])('V57: refuses %j, which could become another header', async (bad) => {
    const before = mail.sent.length;
    await expect(send.run(bad, toolContext())).rejects.toThrow();
    expect(mail.sent).toHaveLength(before);
  });
});
