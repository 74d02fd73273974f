import { coworkersOf } from '../crewAgents.ts';
import type { CrewGraph, GraphNode, GraphProblem } from '../schema.ts';
import { error, labelOf } from './problem.ts';

/** What keeps a hierarchical crew from being led (CrewAI refuses the same). */
export function managerProblems(graph: CrewGraph, nodes: ReadonlyMap<string, GraphNode>): GraphProblem[] {
  if (graph.process !== 'hierarchical') return [];
  const noCrew = error('crew.nobodyToLead', {
    message: 'There is nobody whom the manager could hand work to',
    fix: 'Add an agent.',
  });
  const id = graph.settings?.managerAgent;
  return [
    ...(coworkersOf(graph).length === 0 ? [noCrew] : []),
    ...(id === undefined ? [] : drawn(graph, nodes.get(id))),
  ];
}

function drawn(graph: CrewGraph, manager: GraphNode | undefined): GraphProblem[] {
  if (manager?.kind !== 'agent')
    return [
      error('crew.noManager', {
        field: 'managerAgent',
        message: 'The agent who is to lead the crew is not in it',
        fix: 'Choose another manager, or none: then one is made.',
      }),
    ];
  const nodeId = manager.id;
  const tasks = graph.edges.filter(({ kind, from }) => kind === 'assigned' && from === nodeId);
  return [
    ...(manager.data.tools.length > 0
      ? [
          error('crew.managerHasTools', {
            nodeId,
            field: 'tools',
            message: `${labelOf(manager)} leads the crew and so cannot have tools`,
            fix: 'Give the tools to those who do the work.',
          }),
        ]
      : []),
    ...(tasks.length > 0
      ? [
          error('crew.managerHasTask', {
            nodeId,
            message: `${labelOf(manager)} leads the crew and so cannot have a task`,
            fix: 'Give the task to another agent, or to nobody: then the manager chooses.',
          }),
        ]
      : []),
  ];
}
