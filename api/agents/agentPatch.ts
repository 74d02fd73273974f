import { z } from 'zod';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';

type Shape = typeof LibraryAgent.shape;

type PatchField<S> =
  S extends z.ZodDefault<infer T extends z.ZodType>
    ? z.ZodOptional<T>
    : S extends z.ZodOptional<infer T extends z.ZodType>
      ? z.ZodOptional<z.ZodNullable<T>>
      : S extends z.ZodType
        ? z.ZodOptional<S>
        : never;
type PatchShape = { [K in keyof Shape]: PatchField<Shape[K]> };

function bare(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodOptional) return field.nullable();
  const inner = field instanceof z.ZodDefault ? field.unwrap() : field;
  return inner instanceof z.ZodType ? inner : field;
}

const fields: readonly [string, z.ZodType][] = Object.entries(LibraryAgent.shape);

/**
 * Every field may be left out, and then means nothing: a default must not overwrite what is stored, as `.partial()`
 * would let it. Null takes away what may be absent.
 */
export const agentPatch = z.strictObject(
  Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      bare(field)
        .optional()
        .describe(field.description ?? ''),
    ]),
  ) as PatchShape,
);
export type AgentPatch = z.infer<typeof agentPatch>;

const mayBeAbsent = new Set(
  fields.flatMap(([name, field]) => (field instanceof z.ZodOptional ? [name] : [])),
);

/** The agent with the patch on it, as the library stores it. */
export function applyPatch(agent: LibraryAgent, patch: AgentPatch): LibraryAgent {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const fieldsNow = Object.entries({ ...agent, ...Object.fromEntries(given) });
  return LibraryAgent.parse(
    Object.fromEntries(fieldsNow.filter(([name, value]) => value !== null || !mayBeAbsent.has(name))),
  );
}
