import { describe, expect, it } from 'vitest';
import { findProject } from './findProject.ts';
import { placesOf } from './places.ts';

const FLOW = 'schema: crewai.flow/v1';
const CREW = '@CrewBase\nclass A: pass';
const OURS = '{"format": "troupe.crew.v1"}';

function found(files: Record<string, string>): unknown {
  const project = findProject(placesOf(new Map(Object.entries(files))));
  return project && [project.format, project.folder];
}

describe('the crew among files', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['nothing', { 'README.md': CREW, 'main.py': 'x' }, undefined],
    ['a pair', { 'a/b/agents.yml': '', 'a\\b\\Tasks.yaml': '' }, ['yaml', 'a/b']],
    [
      'a pair before a half that lies less deep',
      { 'agents.yaml': '', 'x/agents.yaml': '', 'x/tasks.yaml': '' },
      ['yaml', 'x'],
    ],
    [
      'the shallower of two',
      { 'a/b/crew.jsonc': '', 'c/agents.yaml': '', 'c/tasks.yaml': '' },
      ['yaml', 'c'],
    ],
    ['the first in the alphabet of two', { 'b/crew.json': '', 'a/crew.json': '' }, ['json', 'a']],
    ['comments before none', { 'a/crew.json': '', 'a/crew.jsonc': '' }, ['json', 'a']],
    ['our own', { 'b/x.json': OURS, 'README.md': '' }, ['troupe', 'b']],
    ['our own, whatever it is called', { 'crew.json': OURS }, ['troupe', '']],
    ['a flow', { 'f/flow.yaml': FLOW }, ['flow', 'f']],
    ['a whole crew before a flow', { 'flow.yaml': FLOW, 'crews/a/crew.jsonc': '' }, ['json', 'crews/a']],
    ['a flow before half a pair', { 'flow.yaml': FLOW, 'tasks.yaml': '' }, ['flow', '']],
    ['Python alone', { 'src/my_crew.py': CREW }, ['yaml', 'src']],
    ['no flow without its word', { 'flow.yaml': 'a: 1' }, undefined],
  ])('is %s', (_, files, project) => {
    expect(found(files)).toEqual(project);
  });

  it('has the Python beside it', () => {
    const files = {
      'a/other.py': CREW,
      'a/crew.py': '',
      'a/config/agents.yaml': '',
      'a/config/tasks.yaml': '',
    };
    expect(findProject(placesOf(new Map(Object.entries(files))))).toMatchObject({
      python: { path: 'a/crew.py' },
    });
  });
});
