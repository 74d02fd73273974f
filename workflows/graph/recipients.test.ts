import { expect, it } from 'vitest';
import { chain } from './examples.ts';
import { recipientsOf } from './recipients.ts';
import { CrewGraph } from './schema.ts';

/** A chain of two whose agents and tasks have this besides. */
const drawn = ({ agent = {}, task = {}, settings = {} }: Record<string, object>): CrewGraph => {
  const graph = chain(2);
  const nodes = graph.nodes.map((node) => ({
    ...node,
    data: { ...node.data, ...(node.kind === 'agent' && agent), ...(node.kind === 'task' && task) },
  }));
  return CrewGraph.parse({ ...graph, nodes, settings });
};

it('finds models, callbacks, tool servers and open tools wherever a graph names them', () => {
  const graph = drawn({
    agent: {
      model: 'anthropic/claude-haiku-4-5',
      fallbackModels: ['custom/local/qwen', 'gpt-4.1-mini'],
      tools: ['web_search', 'mcp_notes_add', 'calculator'],
    },
    task: { callback: { url: 'https://hooks.example.org/secret-path' }, tools: ['send_mail'] },
    settings: { planning: true, planningModel: 'someone/else', memory: true },
  });
  expect(recipientsOf(graph, 'demo/troupe')).toEqual({
    models: ['Anthropic', 'local', 'OpenAI', 'someone/else'],
    callbacks: ['hooks.example.org'],
    toolServers: ['notes'],
    openTools: ['web_search', 'send_mail'],
    looksUp: true,
    hasInnerCrews: false,
  });
});

it('takes the default model for who names none, and counts the demo model as nobody', () => {
  expect(recipientsOf(drawn({ agent: { model: '' } }), 'openai/gpt-4.1-mini').models).toEqual(['OpenAI']);
  expect(recipientsOf(drawn({ agent: { model: '' } }), 'demo/troupe').models).toEqual([]);
});
