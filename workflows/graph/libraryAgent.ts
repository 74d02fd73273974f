import type { z } from 'zod';
import { AgentData } from './nodes/agent.ts';

/** An agent as the library keeps it: everything that one in a crew is, but for where it was copied from. */
export const LibraryAgent = AgentData.omit({ libraryId: true, libraryVersion: true });
export type LibraryAgent = z.infer<typeof LibraryAgent>;
