import { z } from 'zod';
import type { PlanAgent, PlanTask } from '../graph/planSchema.ts';

/** What an agent asks of another, in its own words. */
export interface Order {
  readonly coworker: string;
  readonly text: string;
  readonly context: string;
}

export interface Coworker {
  readonly nodeId: string;
  /** With its placeholders filled in, as the asking model was told. */
  readonly role: string;
  readonly name: string;
  /** Rounds of tools that it may take. */
  readonly rounds: number;
}

// CrewAI lets models write the coworker in two ways, and leave the context out.
const Arguments = z.object({
  task: z.string().optional(),
  question: z.string().optional(),
  context: z.string().default(''),
  coworker: z.string().optional(),
  co_worker: z.string().optional(),
});

/** Undefined when something is missing: the model is told so. */
export function readOrder(rawArguments: string): Order | undefined {
  const parsed = Arguments.safeParse(parse(rawArguments));
  if (!parsed.success) return undefined;
  const { task, question, context, coworker, co_worker: other } = parsed.data;
  const [text, name] = [task ?? question ?? '', coworker ?? other ?? ''];
  return text.trim() === '' || name.trim() === '' ? undefined : { coworker: name, text, context };
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** By role or name, however it is quoted and spaced; the first of a list (SEMANTICS 1.5). */
export function findCoworker(name: string, coworkers: readonly Coworker[]): Coworker | undefined {
  const [first = ''] = name.replace(/^\s*\[|\]\s*$/g, '').split(',');
  return [name, first]
    .map(plain)
    .map((wanted) => coworkers.find(({ role, name: own }) => plain(role) === wanted || plain(own) === wanted))
    .find((found) => found !== undefined);
}

const plain = (text: string): string =>
  text
    .replace(/["'`“”]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const EXPECTED =
  'Your best answer to your coworker who asks you this, taking into account what they told you about it.';

/** What the other agent does: with its own tools, without guardrails, and without handing it on. */
export const coworkerTask = (agent: PlanAgent, order: Order | undefined): PlanTask => ({
  nodeId: agent.nodeId,
  name: agent.name,
  agentId: agent.nodeId,
  description: order?.text ?? '',
  expectedOutput: EXPECTED,
  tools: agent.tools ?? [],
  markdown: false,
  outputFile: null,
  maxIterations: agent.maxIterations ?? 25,
  waitsFor: [],
  context: { tasks: [] },
});

/** Read by a model whose order nobody could take. */
export const NO_SUCH_COWORKER =
  'Nobody could take this. Name one of the coworkers that the tool lists, exactly as their role is written there, and ' +
  'say what is to be done and everything they need to know for it.';
