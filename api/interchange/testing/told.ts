import type { CrewGraph, NodeKind, NodeOf } from '#workflows/graph/schema.ts';
import { type ImportedCrew, importCrew } from '../importCrew.ts';

/** Imports files of CrewAI. */
export const crewai = (files: Record<string, string>): ImportedCrew =>
  importCrew({ format: 'crewai', files });

export const nodesOf = <K extends NodeKind>(graph: CrewGraph, kind: K): NodeOf<K>[] =>
  graph.nodes.filter((node): node is NodeOf<K> => node.kind === kind);

/** `a assigned t`, one for each line. */
export const linesOf = (graph: CrewGraph): string[] =>
  graph.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

/** `crew.py: agents.a.verbose`, one for each warning. */
export const warned = ({ warnings }: ImportedCrew): string[] =>
  warnings.map(({ file, key }) => `${file.split('/').at(-1)}: ${key}`);
