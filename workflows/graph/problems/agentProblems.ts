import type { AgentNode, GraphProblem } from '../schema.ts';
import { error, labelOf, warning } from './problem.ts';
import { skillProblems } from './skillProblems.ts';
import { type ToolNames, toolProblems } from './toolProblems.ts';

export interface AgentChecks {
  readonly tools: ToolNames;
  /** Whether anybody known has this model. */
  readonly hasModel: (name: string) => boolean;
  /** Agents that some task is assigned to. */
  readonly assigned: ReadonlySet<string>;
  /** A manager may hand work to anybody. */
  readonly isLed: boolean;
}

export function agentProblems(agent: AgentNode, checks: AgentChecks): GraphProblem[] {
  const name = labelOf(agent);
  return [
    ...textProblems(agent, name),
    ...modelProblems(agent, name, checks),
    ...toolProblems(agent, checks.tools),
    ...skillProblems(agent.data.skills, { kind: 'agent', nodeId: agent.id, name }),
    ...(checks.isLed || checks.assigned.has(agent.id) ? [] : [idle(agent, name)]),
  ];
}

type Text = 'name' | 'role' | 'goal';

const NEEDED: Record<Text, { readonly code: string; readonly fix: (name: string) => string }> = {
  name: { code: 'agent.noName', fix: () => 'Give it a short name, such as Researcher.' },
  role: { code: 'agent.noRole', fix: (name) => `Say who ${name} is, such as “Senior market analyst”.` },
  goal: { code: 'agent.noGoal', fix: (name) => `Say what ${name} wants to achieve.` },
};
const NEEDED_FIELDS: readonly Text[] = ['name', 'role', 'goal'];

function textProblems({ id: nodeId, data }: AgentNode, name: string): GraphProblem[] {
  const missing = NEEDED_FIELDS.filter((field) => data[field].trim() === '');
  const noBackstory = warning('agent.noBackstory', {
    nodeId,
    field: 'backstory',
    message: `${name} has no backstory`,
    fix: `Say where ${name} comes from: it sets tone, knowledge and habits.`,
  });
  return [
    ...missing.map((field) =>
      error(NEEDED[field].code, {
        nodeId,
        field,
        message: `${name} needs a ${field}`,
        fix: NEEDED[field].fix(name),
      }),
    ),
    ...(data.backstory.trim() === '' ? [noBackstory] : []),
  ];
}

function modelProblems(
  { id: nodeId, data }: AgentNode,
  name: string,
  { hasModel }: AgentChecks,
): GraphProblem[] {
  const model = data.model.trim();
  if (model === '' || hasModel(model)) return [];
  return [
    error('agent.unknownModel', {
      nodeId,
      field: 'model',
      message: `${name} asks for the model “${model}”, and no provider here has it`,
      fix: 'Choose a model from the list, or leave it empty for the default model.',
    }),
  ];
}

const idle = ({ id: nodeId }: AgentNode, name: string): GraphProblem =>
  warning('agent.idle', {
    nodeId,
    message: `${name} has nothing to do`,
    fix: `Draw a line from ${name} to a task, or remove ${name}.`,
  });
