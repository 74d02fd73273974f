import { expect, it } from 'vitest';
import { chain } from '../examples.ts';
import type { CrewGraph } from '../schema.ts';
import { Skill } from '../skill.ts';
import { validateGraph } from '../validate.ts';

const skill = (name: string, instructions = 'Do it.'): Skill => ({ name, description: 'D', instructions });

const told = (own: Skill[], shared: Skill[]) => {
  const graph = chain(1);
  const crew: CrewGraph = {
    ...graph,
    settings: { skills: shared },
    nodes: graph.nodes.map((node) =>
      node.kind === 'agent' ? { ...node, data: { ...node.data, skills: own } } : node,
    ),
  };
  const problems = validateGraph(crew).filter(({ field }) => field === 'skills');
  return problems.map(({ code, severity, nodeId }) => [code, severity, nodeId]);
};

it('tells of two skills with one name, and of one that says nothing', () => {
  expect(told([skill('a'), skill('a'), skill('b', ' \n')], [])).toEqual([
    ['agent.sameSkill', 'error', 'worker'],
    ['agent.emptySkill', 'warning', 'worker'],
  ]);
  expect(told([], [skill('a', ''), skill('a')])).toEqual([
    ['crew.sameSkill', 'error', null],
    ['crew.emptySkill', 'warning', null],
  ]);
});

it('lets an agent have a skill of its own by the name of one of the crew’s', () => {
  expect(told([skill('a')], [skill('a'), skill('b')])).toEqual([]);
});

it('takes CrewAI’s names alone', () => {
  const isName = (name: string) => Skill.safeParse(skill(name)).success;
  expect(['a', 'pdf-2-text', '4'.repeat(64)].filter((name) => !isName(name))).toEqual([]);
  const wrong = ['', 'A', 'a_b', 'a--b', '-a', 'a-', 'a b', 'a\n', 'x'.repeat(65), '__proto__'];
  expect(wrong.filter(isName)).toEqual([]);
});
