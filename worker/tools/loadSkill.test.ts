import { expect, it } from 'vitest';
import type { Skill } from '#workflows/graph/skill.ts';
import { loadSkill } from './loadSkill.ts';
import { toolContext } from './testing/toolContext.ts';

const SKILLS: readonly Skill[] = [
  { name: 'cite', description: 'For sources', instructions: '# How\nName the page.' },
  { name: 'house-style', description: 'For texts', instructions: '' },
  { name: 'manners', description: 'For everything', instructions: 'Be kind.', always: true },
];
const load = (skill_name: unknown) => loadSkill.run({ skill_name }, toolContext({ skills: SKILLS }));

it('gives what a skill says, in CrewAI’s shape', async () => {
  expect(await load('cite')).toBe('<skill name="cite">\nFor sources\n\n# How\nName the page.\n</skill>');
  expect(await load('house-style')).toBe('<skill name="house-style">\nFor texts\n</skill>');
});

it('names the skills that there are when it is asked for another, which is no failure', async () => {
  const text = 'You have no skill named "Cite". Your skills: cite, house-style.';
  expect(await load('Cite')).toBe(text);
  expect(await load('manners')).toContain('Your skills: cite, house-style.');
});

it('refuses arguments of another shape as the model’s mistake', async () => {
  await expect(load(5)).rejects.toThrow('expected string');
});
