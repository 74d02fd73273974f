import { calculator, currentTime, jsonQuery } from './dataTools.ts';
import { listFiles, readFile, writeFile } from './fileTools.ts';
import { knowledgeSearch, memorySave, memorySearch } from './knowledgeTools.ts';
import { sendMail } from './mailTools.ts';
import { askPerson } from './personTools.ts';
import { loadSkill } from './skillTools.ts';
import type { ToolDeclaration } from './toolDeclaration.ts';
import { httpRequest, readWebPage, webSearch } from './webTools.ts';

export type { ToolDeclaration } from './toolDeclaration.ts';

/** Every tool that there is, in the order in which people choose among them. */
export const TOOLS: readonly ToolDeclaration[] = [
  calculator,
  currentTime,
  webSearch,
  readWebPage,
  httpRequest,
  jsonQuery,
  listFiles,
  readFile,
  writeFile,
  sendMail,
  askPerson,
  knowledgeSearch,
  memorySearch,
  memorySave,
];

const byName = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** Those that come with something else than a choice: nobody gives them to an agent. */
const GIVEN = new Map([loadSkill].map((tool) => [tool.name, tool]));

/**
 * A tool by its name, of the catalogue or of those that a plan brings along. Undefined for a name that is in neither,
 * whatever it is spelled like.
 */
export const findToolIn = (
  brought: readonly ToolDeclaration[] | undefined,
  name: string,
): ToolDeclaration | undefined =>
  byName.get(name) ?? GIVEN.get(name) ?? brought?.find((tool) => tool.name === name);

/** How the names of tool servers' tools begin. */
export const isServerToolName = (name: string): boolean => name.startsWith('mcp_');

/** What people read instead of a tool's name, as far as it is known here. */
export const toolTitle = (name: string): string | undefined => findToolIn(undefined, name)?.title;

/** Undefined for a name that is not in the catalogue, whatever it is spelled like. */
export const findTool = (name: string): ToolDeclaration | undefined => byName.get(name);
