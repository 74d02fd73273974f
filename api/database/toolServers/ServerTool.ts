import { z } from 'zod';
import type { PlanTool } from '#workflows/graph/planSchema.ts';

/** A tool of a tool server, as it was seen there: what people agree to, and what models are told. */
export const ServerTool = z.strictObject({
  name: z.string().describe('By which models call it: mcp_<server>_<tool>'),
  tool: z.string().describe('By which its server knows it'),
  title: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  onlyReads: z.boolean().describe('Its server says that it changes nothing'),
  hash: z.string().describe('SHA-256 of all of that'),
});
export type ServerTool = z.infer<typeof ServerTool>;

/** As a plan holds it. The hash is its version: a tool that is described otherwise is another tool. */
export const asPlanTool = ({
  name,
  title,
  description,
  parameters,
  onlyReads,
  hash,
}: ServerTool): PlanTool => ({
  name,
  title,
  description,
  parameters,
  changesOutsideWorld: !onlyReads,
  version: hash,
});

export interface ToolChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What is not as it was, by the names that the server uses. */
export function toolChanges(before: readonly ServerTool[], now: readonly ServerTool[]): ToolChanges {
  const old = new Map(before.map((tool) => [tool.tool, tool.hash]));
  const names = new Set(now.map(({ tool }) => tool));
  return {
    added: now.flatMap(({ tool }) => (old.has(tool) ? [] : [tool])),
    removed: before.flatMap(({ tool }) => (names.has(tool) ? [] : [tool])),
    changed: now.flatMap(({ tool, hash }) => (old.has(tool) && old.get(tool) !== hash ? [tool] : [])),
  };
}
