import { findInputs } from './inputs.ts';
import type { AgentData } from './nodes/agent.ts';
import { TaskData } from './nodes/task.ts';
import { error, labelOf } from './problems/problem.ts';
import type { AgentNode, CrewGraph, GraphProblem } from './schema.ts';

/** Ids in the crew that an agent makes alone. Step paths and request hashes hold them: they never change. */
export const SOLO = { agent: 'agent', task: 'answer', line: 'line' } as const;

/** The input through which a message reaches an agent that is tried alone; braces inside the message stay text. */
export const MESSAGE_INPUT = 'message';

const PLACE = { x: 0, y: 0 };

const agentNode = (data: AgentData): AgentNode => ({ id: SOLO.agent, kind: 'agent', position: PLACE, data });

/** The smallest crew there is: one agent, who answers one message. Tried alone is simulated like any other crew. */
export const soloGraph = (agent: AgentData): CrewGraph => ({
  process: 'sequential',
  nodes: [
    agentNode(agent),
    {
      id: SOLO.task,
      kind: 'task',
      position: { x: 320, y: 0 },
      data: TaskData.parse({
        name: 'Answer',
        description: `{${MESSAGE_INPUT}}`,
        expectedOutput: 'A direct answer to this message.',
        ...guardrailOf(agent),
      }),
    },
  ],
  edges: [{ id: SOLO.line, kind: 'assigned', from: SOLO.agent, to: SOLO.task }],
});

/** In a crew guardrails belong to tasks; one of the agent's own holds for what it answers alone. */
function guardrailOf({ guardrail, guardrailMaxRetries }: AgentData): Partial<TaskData> {
  const instruction = guardrail?.trim();
  if (!instruction) return {};
  return { guardrails: [{ kind: 'model', instruction }], guardrailMaxRetries };
}

/** What an agent's texts ask for, besides the message. */
export const inputsOfAgent = (agent: AgentData): string[] =>
  findInputs(soloGraph(agent)).filter((name) => name !== MESSAGE_INPUT);

const TEXTS = ['role', 'goal', 'backstory', 'guardrail'] as const;

/** Placeholders that nobody declared: in a crew they are asked for, alone they would reach the model as they stand. */
export function undeclaredInputs(agent: AgentData, declared: readonly string[]): GraphProblem[] {
  const missing = inputsOfAgent(agent).filter((name) => !declared.includes(name));
  return missing.map((name) =>
    error('agent.undeclaredInput', {
      field: TEXTS.find((text) => agent[text]?.includes(`{${name}}`)) ?? null,
      message: `${labelOf(agentNode(agent))} asks for {${name}}, which is not declared`,
      fix: `Declare ${name} with a value to try it with, or take the braces away.`,
    }),
  );
}
