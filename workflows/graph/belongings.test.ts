import { describe, expect, it } from 'vitest';
import { belongingsOf } from './belongings.ts';
import { chain } from './examples.ts';
import type { CrewGraph } from './schema.ts';

const [ONE, TWO] = ['019a0000-0000-7000-8000-00000000000a', '019a0000-0000-7000-8000-00000000000b'];

describe('belongingsOf', () => {
  it('finds what a graph names of its workspace, at every depth', () => {
    const { nodes, ...rest } = chain(1);
    const graph: CrewGraph = {
      ...rest,
      nodes: nodes.map((node) => {
        if (node.kind === 'agent')
          return { ...node, data: { ...node.data, knowledge: [ONE, TWO.toUpperCase()] } };
        if (node.kind !== 'task') return node;
        const callback = { url: 'https://a.example', credentialId: TWO };
        // Where nobody expects one: a schema may hold anything.
        const outputSchema = { type: 'object', deep: [{ er: { credentialId: ONE } }] };
        return { ...node, data: { ...node.data, callback, outputSchema } };
      }),
    };
    const task = graph.nodes.find(({ kind }) => kind === 'task')?.id;
    const agent = graph.nodes.find(({ kind }) => kind === 'agent')?.id;
    expect(new Set(belongingsOf(graph))).toEqual(
      new Set([
        { kind: 'knowledge', id: ONE, nodeId: agent, field: 'knowledge' },
        { kind: 'knowledge', id: TWO, nodeId: agent, field: 'knowledge' },
        { kind: 'credential', id: TWO, nodeId: task, field: 'callback' },
        { kind: 'credential', id: ONE, nodeId: task, field: 'outputSchema' },
      ]),
    );
    expect(belongingsOf(chain(2))).toEqual([]);
  });
});
