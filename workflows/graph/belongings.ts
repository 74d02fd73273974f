import type { CrewGraph } from './schema.ts';

/** Something of the workspace that a graph names by its id. */
export interface Belonging {
  readonly kind: 'credential' | 'knowledge';
  readonly id: string;
  readonly nodeId: string;
  /** Of the node's data, the outermost. */
  readonly field: string;
}

const FIELDS: ReadonlyMap<string, Belonging['kind']> = new Map([
  ['credentialId', 'credential'],
  ['knowledge', 'knowledge'],
]);

/** All of them, however deep they lie: what is only looked for where it usually stands is found nowhere else. */
export const belongingsOf = (graph: CrewGraph): Belonging[] =>
  graph.nodes.flatMap(({ id: nodeId, data }) =>
    Object.entries(data).flatMap(([field, value]) =>
      walk(field, value).map(({ kind, id }) => ({ kind, id, nodeId, field })),
    ),
  );

type Found = Pick<Belonging, 'kind' | 'id'>;

function walk(name: string, value: unknown): Found[] {
  const kind = FIELDS.get(name);
  if (typeof value === 'string') return kind ? [{ kind, id: value.toLowerCase() }] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => walk(name, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => walk(field, inner));
}
