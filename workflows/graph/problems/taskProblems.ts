import { originOf } from '../../catalogue/credentials.ts';
import type { AgentNode, GraphProblem, TaskNode } from '../schema.ts';
import { error, labelOf, listed, warning } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type ToolNames, toolProblems } from './toolProblems.ts';

export interface TaskChecks {
  /** Who does it. */
  readonly agents: readonly AgentNode[];
  readonly tools: ToolNames;
  /** The manager does what is given to nobody. */
  readonly isLed: boolean;
}

export function taskProblems(task: TaskNode, { agents, tools, isLed }: TaskChecks): GraphProblem[] {
  const name = labelOf(task);
  return [
    ...textProblems(task, name),
    ...(isLed && agents.length === 0 ? [] : assignmentProblems(task, name, agents)),
    ...toolProblems(task, tools),
    ...outputFileProblems(task, name),
    ...callbackProblems(task, name),
    ...schemaProblems(task, name),
  ];
}

function textProblems({ id: nodeId, data }: TaskNode, name: string): GraphProblem[] {
  const noDescription = error('task.noDescription', {
    nodeId,
    field: 'description',
    message: `${name} needs a description`,
    fix: 'Say what is to be done.',
  });
  // CrewAI runs such tasks, so it is only advised against.
  const noExpectedOutput = warning('task.noExpectedOutput', {
    nodeId,
    field: 'expectedOutput',
    message: `${name} does not say what good looks like`,
    fix: 'Say what a good answer contains.',
  });
  return [
    ...(data.description.trim() === '' ? [noDescription] : []),
    ...(data.expectedOutput.trim() === '' ? [noExpectedOutput] : []),
  ];
}

/** Nothing else is ever called back; a password in an address would be read by everybody who sees the crew. */
function callbackProblems({ id: nodeId, data: { callback } }: TaskNode, name: string): GraphProblem[] {
  if (!callback || originOf(callback.url) !== undefined) return [];
  return [
    error('task.badCallback', {
      nodeId,
      field: 'callback',
      message: `${name} calls back what is no web address`,
      fix: 'Write an address that begins with https://, without a user name or password in it.',
    }),
  ];
}

function assignmentProblems(
  { id: nodeId }: TaskNode,
  name: string,
  agents: readonly AgentNode[],
): GraphProblem[] {
  if (agents.length === 1) return [];
  const names = listed(agents.map(labelOf));
  const problem =
    agents.length === 0
      ? error('task.unassigned', {
          nodeId,
          message: `${name} needs somebody to do it`,
          fix: 'Draw a line from an agent to this task.',
        })
      : error('task.manyAgents', {
          nodeId,
          message: `${name} is given to ${names}, and a task is done by one agent`,
          fix: 'Keep one of them, or make a task for each.',
        });
  return [problem];
}

// What CrewAI refuses in an output file, so that a crew that runs here can be exported, and what no file system takes.
const UNSAFE_IN_FILE_NAME = /\.\.|[~$|><&;\\\p{Cc}]/u;

function outputFileProblems({ id: nodeId, data }: TaskNode, name: string): GraphProblem[] {
  const unsafe = UNSAFE_IN_FILE_NAME.exec(data.outputFile ?? '')?.[0];
  if (unsafe === undefined) return [];
  const shown = /\p{Cc}/u.test(unsafe) ? 'a control character' : `“${unsafe}”`;
  return [
    error('task.unsafeOutputFile', {
      nodeId,
      field: 'outputFile',
      message: `The file name of ${name} has ${shown} in it`,
      fix: 'Use a plain name such as report.md.',
    }),
  ];
}

/** Two answers under one name: the later one would hide the earlier. */
export function sharedFileProblems(tasks: readonly TaskNode[]): GraphProblem[] {
  const byFile = new Map<string, TaskNode[]>();
  for (const task of tasks) {
    const file = task.data.outputFile?.trim().replace(/^\/+/, '');
    if (!file) continue;
    const sharing = byFile.get(file);
    if (sharing) sharing.push(task);
    else byFile.set(file, [task]);
  }
  return [...byFile].flatMap(([file, sharing]) =>
    sharing.slice(1).map((task) =>
      warning('task.sharedOutputFile', {
        nodeId: task.id,
        field: 'outputFile',
        message: `${labelOf(task)} keeps its answer as “${file}”, as does ${labelOf(sharing[0] ?? task)}`,
        fix: 'Give each task a file name of its own.',
      }),
    ),
  );
}
