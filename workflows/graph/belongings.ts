import type { CrewGraph } from './schema.ts';

/** Something of the workspace that a graph names by its id. */
export interface Belonging {
  readonly kind: 'credential' | 'knowledge' | 'crew' | 'crewVersion' | 'agent';
  readonly id: string;
  /** Null for what holds for the crew as a whole. */
  readonly nodeId: string | null;
  /** Of the node's data or the crew's settings, the outermost. */
  readonly field: string;
}

const FIELDS: ReadonlyMap<string, Belonging['kind']> = new Map([
  ['credentialId', 'credential'],
  ['knowledge', 'knowledge'],
  ['crewId', 'crew'],
  ['crewVersionId', 'crewVersion'],
  ['libraryId', 'agent'],
]);

/** All of them, however deep they lie: what is only looked for where it usually stands is found nowhere else. */
export const belongingsOf = ({ nodes, settings = {} }: CrewGraph): Belonging[] => [
  ...nodes.flatMap(({ id, data }) => belongingsIn(data, id)),
  ...belongingsIn(settings, null),
];

const belongingsIn = (data: object, nodeId: string | null): Belonging[] =>
  Object.entries(data).flatMap(([field, value]) =>
    walk(field, value).map(({ kind, id }) => ({ kind, id, nodeId, field })),
  );

type Found = Pick<Belonging, 'kind' | 'id'>;

function walk(name: string, value: unknown): Found[] {
  const kind = FIELDS.get(name);
  if (typeof value === 'string') return kind && isId(value) ? [{ kind, id: value.toLowerCase() }] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => walk(name, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => walk(field, inner));
}

/** A field of a schema may have such a name too; what is no id names nothing. */
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
