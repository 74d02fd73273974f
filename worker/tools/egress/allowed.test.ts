import { describe, expect, it } from 'vitest';
import { readAllowedHosts } from './allowedHosts.ts';
import { reasonOf, spiedDoor } from './testing/doors.ts';

describe('what the operator allows', () => {
  it('is exactly a host and a port', async () => {
    const { egress, dialed } = spiedDoor(
      async () => ['127.0.0.1'],
      'LocalHost:11434, [::1]:80 127.0.0.1:5000',
    );
    for (const url of ['http://localhost:11434/v1', 'http://[::1]/', 'http://127.0.0.1:5000/'])
      expect(await reasonOf(egress.fetch(url))).toBe('TypeError');
    expect(dialed).toEqual([
      'http://localhost:11434 as -',
      'http://::1:- as -',
      'http://127.0.0.1:5000 as -',
    ]);
    for (const url of [
      'http://localhost:8080/',
      'http://localhost/',
      'http://127.0.0.1:8080/',
      'http://sub.localhost:11434/',
    ])
      expect(['address', 'port']).toContain(await reasonOf(egress.fetch(url)));
    expect(dialed).toHaveLength(3);
  });

  it.each(['localhost', '*:80', 'http://localhost:80', '10.0.0.0/8', 'a:b', 'localhost:80/path', 'u@h:80'])(
    'is refused when it says %j',
    (allow) => {
      expect(() => readAllowedHosts({ allow, baseUrls: [] })).toThrow('EGRESS_ALLOW');
    },
  );

  it('includes the base URLs that the operator gave, with the port of their scheme', () => {
    const allowed = readAllowedHosts({
      baseUrls: ['http://localhost:8000/v1', 'https://models.internal/v1', undefined],
    });
    expect([allowed.has('localhost', 8000), allowed.has('models.internal', '443')]).toEqual([true, true]);
    expect([allowed.has('localhost', 443), allowed.has('models.internal', 80)]).toEqual([false, false]);
  });
});
