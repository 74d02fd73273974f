import { expect, it } from 'vitest';
import { readPastedSkill } from './readPastedSkill.ts';

it('takes a SKILL.md apart that was copied from anywhere', async () => {
  const text =
    '---\nname: cite\ndescription: >-\n  For facts:\n  all of them\nmetadata:\n  version: "1"\n---\n# How\n';
  expect(await readPastedSkill(text)).toEqual({
    name: 'cite',
    description: 'For facts: all of them',
    instructions: '# How',
  });
});

it.each([
  ['---\nname: [\n---\n', 'What stands between the lines of hyphens is not valid YAML.'],
  ['---\n- a list\n---\n', 'Its name cannot be used: '],
  ['---\na: &x 1\nname: *x\n---\n', 'not valid YAML'],
])('says what is wrong with %j', async (text, problem) => {
  expect(await readPastedSkill(text)).toEqual({ problem: expect.stringContaining(problem) });
});
