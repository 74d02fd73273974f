import { unreachable } from '../../unreachable.ts';
import type { ControlNode, CrewGraph, GraphNode, GraphProblem, NodeOf } from '../schema.ts';
import { error, KIND_WORDS, labelOf, listed, warning } from './problem.ts';

export interface ControlChecks {
  readonly graph: CrewGraph;
  /** Whether anybody known has this model. */
  readonly hasModel: (name: string) => boolean;
  /** Ids of maps and loops with something to do inside. */
  readonly filled: ReadonlySet<string>;
}

/** What is wrong with a node that decides, repeats or waits, apart from its lines and rules. */
export function controlProblems(node: ControlNode, checks: ControlChecks): GraphProblem[] {
  const named = node.data.name.trim() === '' ? [noName(node)] : [];
  switch (node.kind) {
    case 'router':
      return [...named, ...routerProblems(node, checks), ...outcomeProblems(node, checks.graph)];
    case 'approval':
      return [...named, ...approvalProblems(node), ...outcomeProblems(node, checks.graph)];
    case 'map':
      return [...named, ...(node.data.items === null ? [noItems(node)] : []), ...emptyProblems(node, checks)];
    case 'loop':
      return [...named, ...emptyProblems(node, checks)];
    case 'crew':
      return [...named, ...(node.data.crewVersionId === null ? [noCrew(node)] : [])];
    case 'wait':
      return [...named, ...((node.data.seconds ?? node.data.until) ? [] : [noTime(node)])];
    default:
      return unreachable(node);
  }
}

const noName = (node: ControlNode) =>
  warning(`${node.kind}.noName`, {
    nodeId: node.id,
    field: 'name',
    message: `A ${KIND_WORDS[node.kind]} has no name`,
    fix: 'Give it a short name.',
  });

const noItems = (node: NodeOf<'map'>) =>
  error('map.noItems', {
    nodeId: node.id,
    field: 'items',
    message: `${labelOf(node)} does not say which list it goes through`,
    fix: 'Choose an input or an answer that holds a list.',
  });

const noCrew = (node: NodeOf<'crew'>) =>
  error('crew.notChosen', {
    nodeId: node.id,
    field: 'crewVersionId',
    message: `${labelOf(node)} does not say which crew is to work`,
    fix: 'Choose a crew; its present version is kept.',
  });

const noTime = (node: NodeOf<'wait'>) =>
  error('wait.noTime', {
    nodeId: node.id,
    field: 'seconds',
    message: `${labelOf(node)} does not say how long`,
    fix: 'Give it a time, or a moment to wait for.',
  });

const emptyProblems = (node: NodeOf<'map' | 'loop'>, { filled }: ControlChecks): GraphProblem[] =>
  filled.has(node.id)
    ? []
    : [
        error(`${node.kind}.empty`, {
          nodeId: node.id,
          message: `${labelOf(node)} has nothing to do inside`,
          fix: 'Put a task into it.',
        }),
      ];

function routerProblems(node: NodeOf<'router'>, { hasModel }: ControlChecks): GraphProblem[] {
  const { id: nodeId, data } = node;
  if (data.by === 'rules') {
    const without = data.outcomes.filter(({ name, rule }) => !rule && name !== data.otherwise);
    return without.map(({ name }) =>
      error('router.noRule', {
        nodeId,
        field: 'outcomes',
        message: `${labelOf(node)} does not say when it comes out as “${name}”`,
        fix: 'Give the outcome a rule, or make it the one taken otherwise.',
      }),
    );
  }
  const model = data.model.trim();
  return [
    ...(data.question.trim() === ''
      ? [
          error('router.noQuestion', {
            nodeId,
            field: 'question',
            message: `${labelOf(node)} needs a question for the model`,
            fix: 'Ask what is to be decided.',
          }),
        ]
      : []),
    ...(model === '' || hasModel(model)
      ? []
      : [
          error('router.unknownModel', {
            nodeId,
            field: 'model',
            message: `${labelOf(node)} asks for the model “${model}”, and no provider here has it`,
            fix: 'Choose a model from the list, or leave it empty for the default model.',
          }),
        ]),
  ];
}

function approvalProblems(node: NodeOf<'approval'>): GraphProblem[] {
  const { id: nodeId, data } = node;
  const isLate = data.reminderMinutes !== null && data.reminderMinutes >= (data.deadlineMinutes ?? Infinity);
  return [
    ...(data.question.trim() === ''
      ? [
          error('approval.noQuestion', {
            nodeId,
            field: 'question',
            message: `${labelOf(node)} does not say what is asked`,
            fix: 'Write what the person is to decide.',
          }),
        ]
      : []),
    ...(isLate
      ? [
          warning('approval.lateReminder', {
            nodeId,
            field: 'reminderMinutes',
            message: `The reminder of ${labelOf(node)} comes when the deadline is over`,
            fix: 'Remind earlier.',
          }),
        ]
      : []),
    ...(data.otherwise !== null && !data.outcomes.some(({ name }) => name === data.otherwise)
      ? [
          error('approval.unknownOutcome', {
            nodeId,
            field: 'otherwise',
            message: `At its deadline ${labelOf(node)} would come out as “${data.otherwise}”, which it does not offer`,
            fix: `Choose ${listed(data.outcomes.map(({ name }) => name))}.`,
          }),
        ]
      : []),
  ];
}

/** The ways on from a router or an approval. */
export function outcomesOf(node: GraphNode): readonly string[] {
  if (node.kind === 'approval') return node.data.outcomes.map(({ name }) => name);
  if (node.kind !== 'router') return [];
  return [...new Set([...node.data.outcomes.map(({ name }) => name), node.data.otherwise])];
}

function outcomeProblems(node: NodeOf<'router' | 'approval'>, { edges }: CrewGraph): GraphProblem[] {
  const names = node.data.outcomes.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  const leads = new Set(
    edges.flatMap((edge) => (edge.kind === 'branch' && edge.from === node.id ? [edge.outcome] : [])),
  );
  const nodeId = node.id;
  return [
    ...(twice === undefined
      ? []
      : [
          error(`${node.kind}.sameOutcome`, {
            nodeId,
            field: 'outcomes',
            message: `${labelOf(node)} has two outcomes called “${twice}”`,
            fix: 'Call one of them otherwise.',
          }),
        ]),
    ...(node.kind === 'router' && leads.size === 0
      ? [
          warning('router.leadsNowhere', {
            nodeId,
            message: `Whatever ${labelOf(node)} decides, nothing depends on it`,
            fix: 'Draw a line from an outcome to what is to be done then.',
          }),
        ]
      : []),
  ];
}
