import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { RestMeta } from '../trpc.ts';

/** A procedure as REST serves it. */
export interface Route {
  /** For example `crews.get`. */
  readonly procedure: string;
  readonly type: 'query' | 'mutation';
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express writes it: `/crews/:id`. */
  readonly path: string;
  readonly status: number;
  readonly takesIdempotencyKey: boolean;
  readonly alwaysGives: readonly string[];
}

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

interface Meta extends RestMeta {
  readonly openapi?: { readonly method: keyof typeof METHODS; readonly path: string };
}

/** Every procedure that says where it stands in REST; fixed paths before those with a placeholder. */
export function routesOf(router: AnyTRPCRouter): Route[] {
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
  return procedures
    .flatMap(([name, procedure]) => routeOf(name, procedure) ?? [])
    .sort((a, b) => placeholders(a) - placeholders(b));
}

function routeOf(procedure: string, { _def }: AnyTRPCProcedure): Route | null {
  const { openapi, rest } = (_def.meta ?? {}) as Meta;
  if (!openapi || _def.type === 'subscription') return null;
  return {
    procedure,
    type: _def.type,
    method: METHODS[openapi.method],
    path: openapi.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    status: rest?.status ?? 200,
    takesIdempotencyKey: rest?.takesIdempotencyKey ?? false,
    alwaysGives: rest?.alwaysGives ?? [],
  };
}

const placeholders = ({ path }: Route): number => path.split(':').length;
