import type { CrewGraph } from '../schema.ts';

/** A crew that ships with the product. `key` never changes: links name it. */
export interface Sample {
  readonly key: string;
  readonly name: string;
  /** One sentence on a card. */
  readonly description: string;
  readonly graph: CrewGraph;
}
