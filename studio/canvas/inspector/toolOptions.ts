import type { ToolOptions } from '#workflows/graph/nodes/agent.ts';

/** With another option of one tool. What says nothing is left out, so that a graph without options has none. */
export function withOption(
  options: ToolOptions = {},
  tool: string,
  change: { readonly maxUses?: number | undefined; readonly resultAsAnswer?: boolean | undefined },
): ToolOptions | undefined {
  const { maxUses, resultAsAnswer } = { ...options[tool], ...change };
  const own = {
    ...(maxUses !== undefined && { maxUses }),
    ...(resultAsAnswer && { resultAsAnswer }),
  };
  const others = Object.entries(options).filter(([name]) => name !== tool);
  const all = Object.keys(own).length > 0 ? [...others, [tool, own] as const] : others;
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}
