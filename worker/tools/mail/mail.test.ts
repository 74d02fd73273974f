import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAllowedHosts } from '../egress/allowedHosts.ts';
import { createEgress } from '../egress/createEgress.ts';
import type { ToolContext } from '../Tool.ts';
import { toolContext } from '../testing/toolContext.ts';
import { rememberedMail } from '../testing/toolsForTests.ts';
import { createSendMail } from './sendMail.ts';
import { smtpMail } from './smtpMail.ts';

/** As much of SMTP as one message needs. */
const heard: string[] = [];
let isRefusing = false;
const server = createServer((socket) => {
  let isLetter = false;
  socket.write('220 test\r\n');
  socket.on('data', (data) => {
    for (const line of data
      .toString()
      .split('\r\n')
      .filter((text) => text !== '')) {
      heard.push(line);
      if (isLetter) isLetter = line !== '.' || !socket.write('250 taken\r\n');
      else isLetter = answer(socket, line);
    }
  });
});

function answer(socket: Socket, line: string): boolean {
  if (line.startsWith('EHLO')) socket.write('250-test\r\n250 AUTH PLAIN\r\n');
  else if (line.startsWith('AUTH')) socket.write('235 welcome\r\n');
  else if (line.startsWith('RCPT') && isRefusing) socket.write('550 sk-canary nobody of that name\r\n');
  else if (line === 'DATA') socket.write('354 go on\r\n');
  else socket.write('250 ok\r\n');
  return line === 'DATA';
}

let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => {
  heard.length = 0;
  isRefusing = false;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const args = { to: ['ana@example.com', 'bo@example.com'], subject: 'Grüße', text: 'Hello.' };

/** A context whose crew has this mail server. */
function saved(url: string, allow: string) {
  const egress = createEgress({ allowed: readAllowedHosts({ allow, baseUrls: [] }) });
  const credentials: ToolContext['credentials'] = {
    find: async () => ({ id: 'c', provider: 'smtp', slug: null, url, origins: [], secretAt: new Date(0) }),
    reveal: async (id) => ({
      id,
      name: 'M',
      provider: 'smtp',
      value: 'sk-canary',
      header: '',
      prefix: '',
      username: 'us@example.com',
      url,
    }),
    redact: (value) => value,
  };
  return toolContext({ egress, credentials });
}

describe('mail', () => {
  it('goes through the operator’s server, with an id by which a repeat is known', async () => {
    const mail = smtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'Troupe <troupe@example.com>' });
    const send = createSendMail(mail);
    for (const _ of [1, 2])
      expect(await send.run(args, toolContext())).toBe(
        'The mail to ana@example.com, bo@example.com is sent.',
      );
    mail.close();
    const ids = heard.filter((line) => line.startsWith('Message-ID'));
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(heard).toContain('MAIL FROM:<troupe@example.com>');
    expect(heard).toContain('RCPT TO:<bo@example.com>');
  });

  it('goes through the crew’s own server before that', async () => {
    const installation = rememberedMail();
    const context = saved(`smtp://127.0.0.1:${port}`, `127.0.0.1:${port}`);
    expect(await createSendMail(installation).run(args, context)).toContain('is sent');
    expect(installation.sent).toEqual([]);
    expect(heard).toContain(`AUTH PLAIN ${Buffer.from('\0us@example.com\0sk-canary').toString('base64')}`);
  });

  it('V15: is not taken to a server of our own network', async () => {
    const context = saved(`smtp://127.0.0.1:${port}`, '');
    await expect(createSendMail(rememberedMail()).run(args, context)).rejects.toThrow('usual ports');
    const usual = saved('smtp://127.0.0.1:25', '');
    await expect(createSendMail(rememberedMail()).run(args, usual)).rejects.toThrow('public internet');
    expect(heard).toEqual([]);
  });

  it('that is refused says so, without what the server said', async () => {
    isRefusing = true;
    const context = saved(`smtp://127.0.0.1:${port}`, `127.0.0.1:${port}`);
    expect(await createSendMail(rememberedMail()).run(args, context)).toEqual({
      ok: false,
      text: 'The mail server did not take the message.',
    });
  });
});
