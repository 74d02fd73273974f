import type { z } from 'zod';
import { AgentData } from './nodes/agent.ts';

/** An agent as the library keeps it: everything that one in a crew is, but for where it was copied from. */
export const LibraryAgent = AgentData.omit({ libraryId: true, libraryVersion: true });
export type LibraryAgent = z.infer<typeof LibraryAgent>;

/** An agent of the library with what the library knows of it. */
export type KeptAgent = LibraryAgent & { readonly id: string; readonly version: number };

/** The agent alone, out of something that holds more. */
export function toLibraryAgent(agent: LibraryAgent): LibraryAgent {
  const names = new Set(Object.keys(LibraryAgent.shape));
  return LibraryAgent.parse(Object.fromEntries(Object.entries(agent).filter(([name]) => names.has(name))));
}

/** What a crew gets: a copy of its own, which knows where it came from. */
export const copyFromLibrary = (agent: KeptAgent): AgentData => ({
  ...toLibraryAgent(agent),
  libraryId: agent.id,
  libraryVersion: agent.version,
});
