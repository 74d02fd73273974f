import { z } from 'zod';
import { calculator } from './calculator.ts';
import { currentTime } from './currentTime.ts';
import { type Tool, type ToolContext, ToolProblem } from './Tool.ts';

/** A Map, so that `__proto__` and `constructor` are just names nobody has. */
export const tools: ReadonlyMap<string, Tool> = new Map(
  [calculator, currentTime].map((tool) => [tool.declaration.name, tool]),
);

/** What a model may be given to read: DESIGN keeps everything in a history or a prompt below this. */
export const MAX_RESULT_BYTES = 256_000;
const MAX_ARGUMENT_CHARS = 256_000;

export interface ToolRun {
  readonly name: string;
  /** As the model sent them. */
  readonly rawArguments: string;
  /** The tools this agent was offered; another is refused even if it exists. All of them when left out. */
  readonly offered?: readonly string[];
  readonly context: ToolContext;
}

export interface ToolResult {
  readonly ok: boolean;
  /** What the model reads: the result, or what it did wrong. */
  readonly text: string;
}

const refusal = (text: string): ToolResult => ({ ok: false, text: cut(text) });

/**
 * Runs one tool call of a model. An unknown tool, broken JSON, or arguments of the wrong shape are answered with a text
 * that the model can act on. Throws only for faults of our own, and when the signal is aborted.
 */
export async function runTool({ name, rawArguments, offered, context }: ToolRun): Promise<ToolResult> {
  const tool = offered && !offered.includes(name) ? undefined : tools.get(name);
  if (!tool) return refusal(unknownTool(name, offered));
  const args = parse(rawArguments);
  if (args === undefined)
    return refusal(`The arguments of ${name} are not valid JSON. Send one JSON object.`);
  context.signal.throwIfAborted();
  try {
    return { ok: true, text: cut(await tool.run(args, context)) };
  } catch (error) {
    if (error instanceof ToolProblem) return refusal(error.message);
    if (error instanceof z.ZodError) return refusal(wrongShape(name, error));
    throw error;
  }
}

function unknownTool(name: string, offered: readonly string[] = [...tools.keys()]): string {
  const usable = offered.filter((each) => tools.has(each));
  const hint = usable.length > 0 ? `You can use: ${usable.join(', ')}.` : 'Answer without tools.';
  return `There is no tool named "${name.slice(0, 100)}". ${hint}`;
}

function wrongShape(name: string, error: z.ZodError): string {
  return `The arguments do not fit ${name}:\n${z.prettifyError(error).slice(0, 2_000)}`;
}

/** Undefined for what is not JSON. Models send nothing at all for a tool without arguments. */
function parse(raw: string): unknown {
  if (raw.length > MAX_ARGUMENT_CHARS) return undefined;
  if (raw.trim() === '') return {};
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Cuts by bytes, never through a character, and says so. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_RESULT_BYTES) return text;
  const note = `\n[cut: the result had ${bytes.length} bytes]`;
  const kept = bytes.subarray(0, MAX_RESULT_BYTES - note.length);
  return new TextDecoder().decode(kept, { stream: true }) + note;
}
