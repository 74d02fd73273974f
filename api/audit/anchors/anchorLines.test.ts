import { expect, it } from 'vitest';
import { readAnchorLine, writeHead } from './anchorLines.ts';

const head = { workspaceId: '0198c0de-0000-7000-8000-000000000001', seq: 12, hash: 'ab'.repeat(32) };
const line = (heads: unknown) => JSON.stringify({ level: 30, auditAnchor: { heads }, msg: 'x' });

it('reads what was written, whatever a program that keeps logs has put before it', () => {
  const written = line([writeHead(head)]);
  for (const kept of [written, `api-1  | ${written}`, `2026-11-24T18:00:00Z ${written}`])
    expect(readAnchorLine(kept)).toEqual([head]);
});

it.each(['', 'no JSON', '{"auditAnchor"', line('x'), line(['x 1 y']), '{"msg":"auditAnchor"}'])(
  'takes nothing from %j',
  (other) => expect(readAnchorLine(other)).toEqual([]),
);
