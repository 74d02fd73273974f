import { coworkerTools } from '../catalogue/coworkerTools.ts';
import { findToolIn, type ToolDeclaration } from '../catalogue/tools.ts';

export interface OtherTools {
  /** Of tool servers, as the plan has them. */
  readonly brought?: readonly ToolDeclaration[] | undefined;
  /** Of the coworkers that it may turn to. */
  readonly roles?: readonly string[] | undefined;
}

/** What a model is offered: tools by their names, and those by which it turns to its coworkers. */
export const offeredTools = (
  names: readonly string[],
  { brought, roles = [] }: OtherTools,
): readonly ToolDeclaration[] => {
  const toOthers = roles.length > 0 ? coworkerTools(roles) : [];
  return names.flatMap(
    (name) => findToolIn(brought, name) ?? toOthers.find((tool) => tool.name === name) ?? [],
  );
};
