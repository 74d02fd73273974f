import { z } from 'zod';
import { type Entry, warn } from './entries.ts';

/**
 * The field in which our export keeps what CrewAI has no word for. CrewAI drops fields of a config that it does not
 * know. `written` says what stood beside it: when somebody changed that, their change counts and the marker does not.
 */
export const MARKER = 'troupe';

const Keys = z.array(z.string().max(200)).max(5_000);

/** Fields that CrewAI has no word for; whoever draws the node parses them. */
const Own = z.record(z.string(), z.unknown()).optional();

export const AgentMarker = z.strictObject({
  name: z.string().max(120).optional(),
  model: z.string().max(200).optional(),
  written: z.strictObject({ model: z.string().max(200) }).optional(),
  own: Own,
});
export type AgentMarker = z.infer<typeof AgentMarker>;

export const TaskMarker = z.strictObject({
  name: z.string().max(200).optional(),
  order: z
    .strictObject({
      process: z.enum(['sequential', 'hierarchical', 'parallel']),
      async: z.boolean(),
      context: z.enum(['auto', 'none']),
      reads: Keys,
      after: Keys,
    })
    .optional(),
  written: z.strictObject({ async: z.boolean(), context: Keys.nullable() }).optional(),
  own: Own,
});
export type TaskMarker = z.infer<typeof TaskMarker>;
export type MarkedOrder = NonNullable<TaskMarker['order']>;

/** Empty, with a warning, when it is not as we write it. */
export const agentMarkerOf = (entry: Entry): AgentMarker => markerOf(entry, AgentMarker) ?? {};
export const taskMarkerOf = (entry: Entry): TaskMarker => markerOf(entry, TaskMarker) ?? {};

function markerOf<T>(entry: Entry, schema: z.ZodType<T>): T | undefined {
  const value = entry.fields.get(MARKER);
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(fromMaps(value));
  if (!parsed.success) warn(entry, MARKER, 'This is not as Troupe writes it, so it was left out.');
  return parsed.data;
}

/** Rules and schemas nest. */
const DEEPEST = 40;

/** Plain objects of maps, as deep as anything of ours is. */
export function fromMaps(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => fromMaps(item, depth + 1));
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [String(key), fromMaps(item, depth + 1)]));
}
