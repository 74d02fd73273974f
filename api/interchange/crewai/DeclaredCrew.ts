import type { Entry } from './entries.ts';

/** Keys that fields use -> keys of entries. */
export type OtherNames = ReadonlyMap<string, string>;

/** A crew as one of CrewAI's formats tells it: whose fields are read in the same way, whatever file they stood in. */
export interface DeclaredCrew {
  readonly agents: ReadonlyMap<string, Entry>;
  /** In the order in which they are done. */
  readonly tasks: ReadonlyMap<string, Entry>;
  readonly agentNames: OtherNames;
  readonly taskNames: OtherNames;
  /** Process, name and what else is said of the crew as a whole. */
  readonly crew: Entry;
}
