import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { Express } from 'express';
import { routesOf } from '../rest/routes.ts';
import { appRouter } from '../router.ts';

/** One way to reach the api, with ids that nothing has. */
export interface KnownRequest {
  /** For example `POST /api/v1/crews` or `POST /trpc/crews.create`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

const NO_ID = '019c0000-0000-7000-8000-000000000000';

/** Every procedure through both faces, out of the router itself. */
export function everyRequest(): KnownRequest[] {
  const router: AnyTRPCRouter = appRouter;
  const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
  const trpc = procedures.map(([name, { _def }]) => ({
    name: `trpc ${name}`,
    method: _def.type === 'mutation' ? 'POST' : 'GET',
    path: `/trpc/${name}`,
  }));
  const rest = routesOf(appRouter).map(({ method, path }) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path: `/api/v1${path.replaceAll(/:\w+/g, NO_ID)}`,
  }));
  return [...trpc, ...rest];
}

interface Layer {
  readonly route?: { readonly path: unknown };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** What Express itself knows as an address, without the places where its routers hang. */
export function everyExpressPath(app: Express): string[] {
  const walk = (layers: readonly Layer[]): string[] =>
    layers.flatMap(({ route, handle }) => (route ? [String(route.path)] : walk(handle?.stack ?? [])));
  const { stack }: { stack: unknown } = app.router;
  return [...new Set(walk(stack as readonly Layer[]))].sort();
}
