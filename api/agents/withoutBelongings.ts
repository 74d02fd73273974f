import type { LibraryAgent } from '#workflows/graph/libraryAgent.ts';

/** The agent without what it only names and its workspace keeps: nobody elsewhere can use that, or need know its ids. */
export const withoutBelongings = ({ knowledge: _, ...agent }: LibraryAgent): LibraryAgent => agent;
