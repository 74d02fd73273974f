import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly [part: string]: unknown;
}

const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition;
const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

/** A JSON schema is what its author writes; it is kept as it is and given to models. */
const FREE = /\.outputSchema\.(?:innerType\.)*valueType$/;

/** Schemas that this one is made of, with a name for each. */
function partsOf(definition: Definition): [string, z.ZodType][] {
  const named: [string, unknown][] = Object.entries(definition).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((part, index): [string, unknown] => [`${name}${index}`, part])
      : [[name, value]],
  );
  const made: [string, unknown][] =
    definition.type === 'lazy' && typeof definition.getter === 'function'
      ? [['lazy', definition.getter()]]
      : [];
  return [...Object.entries(definition.shape ?? {}), ...named, ...made].filter(
    (part): part is [string, z.ZodType] => isSchema(part[1]),
  );
}

/** Where objects take fields that they do not know. */
function openObjects(schema: z.ZodType, path: string, seen = new Set<z.ZodType>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const definition = definitionOf(schema);
  const isOpen =
    definition.type === 'any' ||
    definition.type === 'unknown' ||
    (definition.type === 'object' &&
      (!definition.catchall || definitionOf(definition.catchall).type !== 'never'));
  // Of an object that takes no other field, `catchall` is the schema that says so.
  const parts = partsOf(definition).filter(([name]) => name !== 'catchall');
  return [
    ...(isOpen ? [path] : []),
    ...parts.flatMap(([name, part]) => openObjects(part, `${path}.${name}`, seen)),
  ];
}

const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures).map(([name, { _def }]) => {
  const definition: unknown = _def;
  return { name, ...(definition as { type: string; inputs: unknown[]; output?: unknown }) };
});

it('sees fields that are taken unasked, wherever they are', () => {
  const hidden = z.strictObject({
    a: z.array(z.union([z.string(), z.lazy(() => z.object({ b: z.int() }))])).optional(),
  });
  expect(openObjects(hidden, 'x')).toEqual(['x.a.innerType.element.options1.lazy']);
  expect(openObjects(z.strictObject({ a: z.record(z.string(), z.unknown()) }), 'x')).toEqual([
    'x.a.valueType',
  ]);
});

describe.each(procedures)('$name', ({ name, type, inputs, output }) => {
  it('V38: refuses what its input does not know, however deep', () => {
    for (const input of inputs) {
      expect(isSchema(input)).toBe(true);
      const open = isSchema(input) ? openObjects(input, name) : [];
      expect(open.filter((path) => !FREE.test(path))).toEqual([]);
    }
  });

  it('V47: says only what its output names', () => {
    // A stream’s messages are presented one by one.
    if (type !== 'subscription') expect(isSchema(output)).toBe(true);
  });
});
