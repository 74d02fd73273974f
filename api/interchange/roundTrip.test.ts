import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { samples } from '#workflows/graph/examples.ts';
import type { CrewGraph, EdgeKind } from '#workflows/graph/schema.ts';
import { keysOf } from './export/keys.ts';
import { exportCrew } from './exportCrew.ts';
import { importCrew } from './importCrew.ts';
import { anyCrew, anyName } from './testing/anyCrew.ts';
import { nodesOf } from './testing/told.ts';

const FORMATS = ['crewai', 'crewai-json', 'crewai-flow'] as const;

/**
 * What makes a crew: who and what with all their data, in the order of the plan, and for each task its lines in their
 * order. Not places, notes, and the names of nodes and lines.
 */
function essence(graph: CrewGraph) {
  const keys = keysOf(graph);
  const key = (id: string) => keys.get(id) ?? id;
  const plan = compileGraph(graph, { defaultModel: 'openai/gpt-4.1-mini' });
  const tasks = new Map(nodesOf(graph, 'task').map((node) => [node.id, node.data]));
  const linesTo = (id: string, kind: EdgeKind) =>
    graph.edges.flatMap((edge) => (edge.kind === kind && edge.to === id ? [key(edge.from)] : []));
  return {
    process: graph.process,
    settings: graph.settings,
    agents: nodesOf(graph, 'agent').map(({ id, data }) => ({ key: key(id), ...data })),
    tasks: plan.tasks.map(({ nodeId, waitsFor, context }) => ({
      key: key(nodeId),
      ...tasks.get(nodeId),
      agents: linesTo(nodeId, 'assigned'),
      reads: linesTo(nodeId, 'context'),
      after: linesTo(nodeId, 'next'),
      waitsFor: waitsFor.map(key),
      context: 'tasks' in context ? context.tasks.map(key) : context,
      flag: tasks.get(nodeId)?.context,
    })),
  };
}

describe('export and import', () => {
  it.each(FORMATS)('give the same crew by %s, whatever it is', (format) => {
    fc.assert(
      fc.property(anyName, anyCrew, (name, graph) => {
        const { files } = exportCrew({ name, description: '', graph }, format);
        const imported = importCrew({ format: 'crewai', files });
        expect(imported.warnings).toEqual([]);
        expect(imported.name).toBe(name);
        expect(essence(imported.graph)).toEqual(essence(graph));
      }),
      { numRuns: 150 },
    );
  });

  it('give exactly the same by our own format', () => {
    fc.assert(
      fc.property(anyName, anyCrew, (name, graph) => {
        const { files, warnings } = exportCrew({ name, description: name, graph }, 'troupe');
        for (const format of ['troupe', 'crewai'] as const) {
          expect(importCrew({ format, files })).toEqual({ name, description: name, graph, warnings });
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each(samples.flatMap((sample) => FORMATS.map((format) => [sample.key, format, sample] as const)))(
    'give %s back by %s as the same graph, and a second export as the same files',
    (_, format, sample) => {
      const { files } = exportCrew(sample, format);
      const imported = importCrew({ format: 'crewai', files });
      expect(imported.graph).toEqual(sample.graph);
      expect(exportCrew({ ...imported, description: sample.description }, format).files).toEqual(files);
    },
  );

  it.each(FORMATS)('let what somebody changed in a file of %s count', (format) => {
    const [sample] = samples;
    if (!sample) throw new Error('There is no sample');
    const { files } = exportCrew(sample, format);
    const changed = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text.replace(/(async_execution"?: )true/, '$1false'),
      ]),
    );
    const { graph, warnings } = importCrew({ format: 'crewai', files: changed });
    expect(warnings).toEqual([]);
    expect(graph.process).toBe('sequential');
    expect(nodesOf(graph, 'task').map(({ data }) => data.async)).toEqual([false, true, false, false]);
  });
});
