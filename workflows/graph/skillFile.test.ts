import { expect, it } from 'vitest';
import { isSkillFile, readSkillFile } from './skillFile.ts';

/** Enough of YAML for heads as people write them here. */
const yaml = (head: string) =>
  new Map(
    head
      .trim()
      .split('\n')
      .map((line): [string, string] => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']),
  );
const read = (text: string) => readSkillFile(text, yaml);

it('takes a SKILL.md apart into its head and its instructions', () => {
  expect(
    read('---\nname: cite\ndescription: For facts\nlicense: MIT\n---\n\n# How\n\n---\nName the page.\n'),
  ).toEqual({
    skill: { name: 'cite', description: 'For facts', instructions: '# How\n\n---\nName the page.' },
    unused: ['license'],
  });
});

it('reads files of Windows, and one without instructions', () => {
  expect(read('\uFEFF---\r\nname: cite\r\ndescription: For facts\r\n---  \r\nOne\r\nTwo')).toEqual({
    skill: { name: 'cite', description: 'For facts', instructions: 'One\nTwo' },
    unused: [],
  });
  expect(read('---\nname: cite\ndescription: For facts\n---')).toMatchObject({ skill: { instructions: '' } });
});

it.each([
  ['# Just a text', 'It must begin with a line of three hyphens (---).'],
  ['---\nname: cite\ndescription: x\n', 'Its head has no end: another line of three hyphens (---).'],
  ['---\nname: Cite It\ndescription: x\n---\n', 'Its name cannot be used: Small letters, digits'],
  ['---\nname: cite\n---\n', 'Its description cannot be used: '],
])('says why it cannot read %j', (text, problem) => {
  expect(read(text)).toEqual({ problem: expect.stringContaining(problem) });
});

it('tells a SKILL.md from the name of a folder', () => {
  expect(['---\nname: x', '\n  ---\r\nname: x'].every(isSkillFile)).toBe(true);
  expect(['skills', './skills', '@me/cite', '--- skills', ''].some(isSkillFile)).toBe(false);
});
