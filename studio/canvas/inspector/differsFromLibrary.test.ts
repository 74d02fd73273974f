import { expect, it } from 'vitest';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { differsFromLibrary } from './differsFromLibrary.ts';

const mara = AgentData.parse({ name: 'Mara', role: 'Editor', tools: ['calculator'] });
const id = '0190f5a2-0000-7000-8000-000000000000';

it('takes a copy under another name for the same agent', () => {
  const copy = { ...mara, name: 'Mara 2', libraryId: id, libraryVersion: 1 };
  expect(differsFromLibrary(copy, mara)).toBe(false);
});

it('notices what was changed, added and taken away', () => {
  expect(differsFromLibrary({ ...mara, goal: 'Another' }, mara)).toBe(true);
  expect(differsFromLibrary({ ...mara, maxRpm: 3 }, mara)).toBe(true);
  expect(differsFromLibrary(mara, { ...mara, maxRpm: 3 })).toBe(true);
  expect(differsFromLibrary({ ...mara, maxRpm: undefined }, mara)).toBe(false);
});
