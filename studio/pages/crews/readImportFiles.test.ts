import { expect, test } from 'vitest';
import { type ReadableFile, readImportFiles } from './readImportFiles.ts';

const file = (path: string, text = path, size = text.length): ReadableFile => ({
  name: path.split('/').at(-1) ?? path,
  webkitRelativePath: path.includes('/') ? path : '',
  size,
  text: async () => text,
});

test('files picked one by one are sent under their names', async () => {
  expect(await readImportFiles([file('agents.yaml'), file('tasks.yaml')])).toEqual({
    format: 'crewai',
    name: undefined,
    files: { 'agents.yaml': 'agents.yaml', 'tasks.yaml': 'tasks.yaml' },
  });
});

test('a picked folder names the crew, and what is no source stays behind', async () => {
  const read = await readImportFiles([
    file('trip_planner/src/config/agents.yaml', 'a'),
    file('trip_planner/.venv/lib/x.py', 'b'),
    file('trip_planner/logo.png', 'c'),
  ]);
  expect(read).toEqual({
    format: 'crewai',
    name: 'Trip planner',
    files: { 'trip_planner/src/config/agents.yaml': 'a' },
  });
});

test('one JSON file alone is a crew of ours', async () => {
  expect(await readImportFiles([file('crew.json')])).toMatchObject({ format: 'troupe' });
});

test('nothing usable is said in a sentence', async () => {
  expect(await readImportFiles([file('logo.png')])).toEqual({
    problem: 'Choose agents.yaml and tasks.yaml, or the whole project folder.',
  });
  expect(await readImportFiles([file('agents.yaml', 'x', 3_000_000)])).toEqual({
    problem: 'agents.yaml is larger than 2 MB.',
  });
});
