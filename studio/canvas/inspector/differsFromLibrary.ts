import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { type LibraryAgent, toLibraryAgent } from '#workflows/graph/libraryAgent.ts';

/** Whether a copy works otherwise than its agent in the library. In a crew it may go by another name. */
export const differsFromLibrary = (copy: LibraryAgent, kept: LibraryAgent): boolean =>
  worksAs(copy) !== worksAs(kept);

const worksAs = (agent: LibraryAgent): string => canonicalJson({ ...toLibraryAgent(agent), name: '' });
