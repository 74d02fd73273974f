import { coworkerTools } from '../catalogue/coworkerTools.ts';
import { findTool, type ToolDeclaration } from '../catalogue/tools.ts';

/** What a model is offered: tools by their names, and those by which it turns to its coworkers. */
export const offeredTools = (
  names: readonly string[],
  roles: readonly string[] = [],
): readonly ToolDeclaration[] => {
  const toOthers = roles.length > 0 ? coworkerTools(roles) : [];
  return names.flatMap((name) => findTool(name) ?? toOthers.find((tool) => tool.name === name) ?? []);
};
