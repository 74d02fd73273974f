import { compile, type JSONValue } from '@jmespath-community/jmespath';
import type { FileVersion } from '#api/database/ledger/simulationFiles.ts';
import { jsonQuery as declaration, jsonQueryArguments } from '#workflows/catalogue/dataTools.ts';
import { fileVersion, missingFile } from '../files.ts';
import { type Tool, type ToolContext, ToolProblem } from '../Tool.ts';
import { Budget } from './Budget.ts';
import { evaluate, type Query } from './evaluate.ts';
import { payForText } from './values.ts';

const MOST_CHARS = 1_000_000;

export const jsonQuery: Tool = {
  declaration,
  readState: async (args, reading) => {
    const { file } = jsonQueryArguments.parse(args);
    return file === undefined ? undefined : fileVersion(file, reading);
  },
  async run(args, context) {
    const given = jsonQueryArguments.parse(args);
    if ((given.json === undefined) === (given.file === undefined))
      throw new ToolProblem('Give either json or the name of a file.');
    const text = given.json ?? (await fileText(given.file ?? '', context));
    return queryJson(text, given.query);
  },
};

async function fileText(name: string, { files, state }: ToolContext): Promise<string> {
  const version = state as FileVersion | null;
  if (!version) throw missingFile(name);
  if (version.size > MOST_CHARS) throw new ToolProblem('The file is too large to look in.');
  return files.read(version.ref);
}

/** The result as JSON text. Throws a ToolProblem for a text that is no JSON and for a query that cannot be read or done. */
export function queryJson(text: string, query: string): string {
  const budget = new Budget();
  const result = evaluate(read(query), parse(text), budget);
  payForText(result, budget);
  return JSON.stringify(result, null, 1);
}

function parse(text: string): JSONValue {
  try {
    return JSON.parse(text);
  } catch {
    throw new ToolProblem('The text to look in is not valid JSON.');
  }
}

function read(query: string): Query {
  try {
    return compile(query);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : '';
    throw new ToolProblem(`The query is not valid JMESPath: ${reason}`);
  }
}
