import { describe, expect, it } from 'vitest';
import { nobody, reasonOf, signal, spiedDoor } from './testing/doors.ts';

describe('V20: what is not a web address', () => {
  it.each([
    'file:///proc/self/environ',
    'gopher://x.example/',
    'ftp://x.example/',
    'data:text/plain,hi',
    'blob:https://x',
    'javascript:1',
    'unix:/tmp/x',
  ])('does not open %s', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    expect(await reasonOf(egress.fetch(url))).toBe('scheme');
    expect(await reasonOf(egress.read({ url, signal }))).toBe('scheme');
    expect(dialed).toEqual([]);
  });

  it.each(['', 'x', '//x.example/', 'http://', 'http://x.example:99999/', 'http://[::1/', 'http://a b/'])(
    'does not take %j for an address',
    async (url) => {
      const { egress } = spiedDoor(nobody);
      expect(await reasonOf(egress.fetch(url))).toBe('url');
      expect(await reasonOf(egress.read({ url, signal }))).toBe('url');
    },
  );

  it.each([22, 25, 3306, 5432, 6379, 7233, 9200, 81])('does not open port %d', async (port) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    expect(await reasonOf(egress.fetch(`http://x.example:${port}/`))).toBe('port');
    expect(dialed).toEqual([]);
  });

  it('takes no request that somebody else made', async () => {
    const { egress } = spiedDoor(nobody);
    await expect(egress.fetch(new Request('https://x.example/'))).rejects.toThrow('Only addresses');
  });
});
