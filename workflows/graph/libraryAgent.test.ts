import { expect, it } from 'vitest';
import { copyFromLibrary, LibraryAgent, toLibraryAgent } from './libraryAgent.ts';
import { AgentData } from './nodes/agent.ts';

const id = '0190f5a2-0000-7000-8000-000000000000';
const mara = LibraryAgent.parse({ name: 'Mara', role: 'Editor', maxRpm: 3 });

it('copies an agent with where it comes from, and without what only the library knows', () => {
  const kept = { ...mara, id, version: 4, visibility: 'public' };
  expect(copyFromLibrary(kept)).toEqual({ ...mara, libraryId: id, libraryVersion: 4 });
});

it('goes back into the library without where it came from', () => {
  const copy = AgentData.parse({ ...mara, libraryId: id, libraryVersion: 4 });
  expect(toLibraryAgent(copy)).toEqual(mara);
});
