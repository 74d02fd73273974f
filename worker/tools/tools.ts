import { createKnowledgeTools, type KnowledgeToolParts } from '../knowledge/knowledgeTools.ts';
import { askPerson } from './askPerson.ts';
import { calculator } from './calculator.ts';
import { currentTime } from './currentTime.ts';
import { listFiles, readFile, writeFile } from './files.ts';
import { jsonQuery } from './jsonQuery/jsonQuery.ts';
import { loadSkill } from './loadSkill.ts';
import type { Mail } from './mail/Mail.ts';
import { createSendMail } from './mail/sendMail.ts';
import type { Tool } from './Tool.ts';
import { httpRequest } from './web/httpRequest.ts';
import { readWebPage } from './web/readWebPage.ts';
import type { SearchKeys } from './web/searchServices.ts';
import { createWebSearch } from './web/webSearch.ts';

export type Tools = ReadonlyMap<string, Tool>;

/** What the tools are made of, beside what each call gets in its context. */
export interface ToolParts extends KnowledgeToolParts {
  readonly searchKeys: SearchKeys;
  readonly mail: Mail;
}

/** Every tool of the catalogue, in its order, and that by which skills are asked for. A Map, so that `__proto__` and `constructor` are just names nobody has. */
export function createTools({ searchKeys, mail, ...knowledge }: ToolParts): Tools {
  const tools = [
    calculator,
    currentTime,
    createWebSearch(searchKeys),
    readWebPage,
    httpRequest,
    jsonQuery,
    listFiles,
    readFile,
    writeFile,
    createSendMail(mail),
    askPerson,
    ...createKnowledgeTools(knowledge),
    loadSkill,
  ];
  return new Map(tools.map((tool) => [tool.declaration.name, tool]));
}
