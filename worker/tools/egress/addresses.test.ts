import { describe, expect, it } from 'vitest';
import { nobody, reasonOf, signal, spiedDoor } from './testing/doors.ts';

describe('V15 and V16: addresses, however they are written', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1/',
    'http://127.0.0.1:8080/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://0/',
    'http://127.1/',
    'http://2130706433/',
    'http://2852039166/',
    'http://0x7f000001/',
    'http://0xA9FEA9FE/',
    'http://0177.0.0.1/',
    'http://0251.0376.0251.0376/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.0.0.1/',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1\\',
    'http://127.0.0\t.1/',
    'http://12\n7.0.0.1/',
    'HTTP://127.0.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
  ])('does not dial %j', async (url) => {
    const { egress, dialed } = spiedDoor(nobody);
    expect(await reasonOf(egress.fetch(url))).toBe('address');
    expect(await reasonOf(egress.read({ url, signal }))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it.each([
    'http://user@example.com/',
    'http://a:b@example.com/',
    'http://127.0.0.1@example.com/',
    'http://example.com\\@127.0.0.1/x@',
  ])('does not dial %j as if part of it were a name', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    const reason = await reasonOf(egress.fetch(url));
    if (url.includes('\\')) expect(dialed).toEqual(['http://93.184.215.14:- as example.com']);
    else expect([reason, dialed]).toEqual(['credentials', []]);
  });

  it.each([
    'http://127.0.0.1:5432/',
    'http://127.0.0.1:6379/',
    'http://127.0.0.1:7233/',
    'http://localhost:5432/',
  ])('does not dial %j, where our own parts live', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['127.0.0.1']);
    expect(['address', 'port']).toContain(await reasonOf(egress.fetch(url)));
    expect(dialed).toEqual([]);
  });
});

describe('V17: forms of IPv6', () => {
  it.each([
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
    'http://[2002:7f00:1::]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[100::1]/',
  ])('does not dial %j', async (url) => {
    const { egress, dialed } = spiedDoor(nobody);
    expect(await reasonOf(egress.fetch(url))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '64:ff9b::a9fe:a9fe', 'fe80::1%eth0', 'not an address'])(
    'does not dial a name that is looked up as %s',
    async (address) => {
      const { egress, dialed } = spiedDoor(async () => [address]);
      expect(await reasonOf(egress.fetch('https://rebinding.example/'))).toBe('address');
      expect(dialed).toEqual([]);
    },
  );
});
