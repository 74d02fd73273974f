import { type FileVersion, findFileVersion, listFileVersions } from '#api/database/ledger/simulationFiles.ts';
import * as declared from '#workflows/catalogue/fileTools.ts';
import { type StateReading, type Tool, ToolProblem } from './Tool.ts';

/** Enough to read that very version later, whatever is written meanwhile. */
export const fileVersion = (
  name: string,
  { transaction, simulationId }: StateReading,
): Promise<FileVersion | null> => findFileVersion(transaction, { simulationId, name });

export const missingFile = (name: string): ToolProblem =>
  new ToolProblem(`There is no file named "${name}" in this simulation.`);

export const readFile: Tool = {
  declaration: declared.readFile,
  readState: (args, reading) => fileVersion(declared.readFileArguments.parse(args).name, reading),
  async run(args, { files, state }) {
    const { name, startLine = 1, lineCount } = declared.readFileArguments.parse(args);
    const version = state as FileVersion | null;
    if (!version) throw missingFile(name);
    const text = await files.read(version.ref);
    if (startLine === 1 && lineCount === undefined) return text;
    const lines = text.split('\n');
    const from = startLine - 1;
    if (from >= lines.length) throw new ToolProblem(`The file has ${lines.length} lines.`);
    return lines.slice(from, lineCount === undefined ? undefined : from + lineCount).join('\n');
  },
};

export const writeFile: Tool = {
  declaration: declared.writeFile,
  // What was there before matters only to a call that asks.
  readState: async (args, reading) => {
    const { name, overwrite = true } = declared.writeFileArguments.parse(args);
    return overwrite ? undefined : fileVersion(name, reading);
  },
  async run(args, { state }) {
    const { name, content } = declared.writeFileArguments.parse(args);
    if (state) throw new ToolProblem(`There is a file named "${name}" already, and overwrite is false.`);
    return {
      text: `"${name}" is written: ${Buffer.byteLength(content)} bytes.`,
      writes: [{ kind: 'file', name, text: content }],
    };
  },
};

export const listFiles: Tool = {
  declaration: declared.listFiles,
  readState: (_, { transaction, simulationId }) => listFileVersions(transaction, simulationId),
  async run(args, { state }) {
    declared.listFilesArguments.parse(args);
    const files = state as readonly FileVersion[];
    if (files.length === 0) return 'This simulation has no files yet.';
    return files.map(({ name, size }) => `${name} (${size} bytes)`).join('\n');
  },
};
