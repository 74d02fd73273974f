import { expect, it } from 'vitest';
import { callbackChanges } from './callbackChanges.ts';

const task = (nodeId: string, url?: string) => ({
  nodeId,
  name: nodeId.toUpperCase(),
  ...(url !== undefined && { callback: { url } }),
});

it('tells tasks that call another host than before, and none that call another path or nobody', () => {
  const before = [
    task('a', 'https://a.example/1'),
    task('b', 'https://b.example/1'),
    task('c', 'https://c.example'),
  ];
  const after = [
    task('a', 'https://a.example/2'),
    task('b', 'https://evil.example/1'),
    task('c'),
    task('d', 'http://d.example'),
  ];
  expect(callbackChanges(before, after)).toEqual([
    { nodeId: 'b', name: 'B', former: ['https://b.example'], origins: ['https://evil.example'] },
    { nodeId: 'd', name: 'D', former: [], origins: ['http://d.example'] },
  ]);
});

it('takes what is no address of the web for none', () => {
  expect(callbackChanges([], [task('a', 'javascript:alert(1)'), task('b', 'https://u:p@b.example')])).toEqual(
    [],
  );
});
