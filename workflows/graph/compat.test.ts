import { expect, test } from 'vitest';
import { compileGraph } from './compile.ts';
import { drawCrew } from './draw.ts';

const graph = drawCrew({
  agents: [{ id: 'a', name: 'A', role: 'A' }],
  tasks: [
    { id: 'first', name: 'First', agent: 'a' },
    { id: 'side', name: 'Side', agent: 'a', async: true },
  ],
});
const contextOf = (compat: boolean) =>
  compileGraph(compat ? { ...graph, settings: { compat: 'crewai-1.15' } } : graph, {
    defaultModel: 'demo/stand-in',
  }).tasks[1]?.context;

test('an async task that does not say what it reads, reads what came before it', () => {
  expect(contextOf(false)).toEqual({ first: 1 });
});

test('[1.2 async_execution] held to CrewAI 1.15 it reads nothing', () => {
  expect(contextOf(true)).toEqual({ tasks: [] });
});
