import { findTool } from '#workflows/catalogue/tools.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** Whether some tool of the crew changes the world outside. */
export const reachesOutside = ({ nodes }: CrewGraph): boolean =>
  nodes.some(
    (node) =>
      (node.kind === 'agent' || node.kind === 'task') &&
      node.data.tools.some((name) => findTool(name)?.changesOutsideWorld === true),
  );
