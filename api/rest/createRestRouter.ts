import { callTRPCProcedure, isTrackedEnvelope } from '@trpc/server';
import { type Request, type RequestHandler, Router } from 'express';
import type { MemberContext, Services } from '../context.ts';
import { createContext } from '../createContext.ts';
import { AppError, notFound } from '../errors.ts';
import { appRouter } from '../router.ts';
import { findSimulation } from '../simulations/findSimulation.ts';
import { isOver } from '../simulations/followEvents.ts';
import { FollowEvents } from '../simulations/schema.ts';
import { readInput } from './readInput.ts';
import { type Route, routesOf } from './routes.ts';
import { type Sent, sendEvents, wantsEvents } from './sendEvents.ts';

/** The REST face: each route calls the procedure that names it, with the same checks in the same order. */
export function createRestRouter(services: Services): Router {
  const router = Router({ caseSensitive: true });
  const routes = routesOf(appRouter);
  router.get('/simulations/:id/events', followAsEvents(services));
  for (const route of routes) router[route.method](route.path, callProcedure(services, route));
  for (const path of new Set(routes.map((route) => route.path))) {
    router.all(path, refuseMethod(routes.filter((route) => route.path === path)));
  }
  router.use(() => {
    throw notFound('address');
  });
  return router;
}

const callProcedure =
  (services: Services, route: Route): RequestHandler =>
  async (request, response) => {
    const ctx = await createContext(services, { request, response, sendsCookies: false });
    const output: unknown = await callTRPCProcedure({
      router: appRouter,
      path: route.procedure,
      type: route.type,
      ctx,
      getRawInput: async () => readInput(request, route.takesIdempotencyKey),
      signal: undefined,
      batchIndex: 0,
    });
    response.status(route.status).setHeader('cache-control', 'no-store');
    if (route.status === 204) response.end();
    else response.json(output);
  };

/** For callers that accept an event stream; all others get the events there are, as JSON. */
const followAsEvents =
  (services: Services): RequestHandler =>
  async (request, response, next) => {
    if (!wantsEvents(request)) {
      next();
      return;
    }
    const ctx = await createContext(services, { request, response, sendsCookies: false });
    const input = { ...readInput(request, false), ...lastEventId(request) };
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const messages: unknown = await callTRPCProcedure({
      router: appRouter,
      path: 'simulations.follow',
      type: 'subscription',
      ctx,
      getRawInput: async () => input,
      signal: gone.signal,
      batchIndex: 0,
    });
    if (ctx.caller && (await hasNothingMore({ ...ctx, caller: ctx.caller }, input))) {
      response.status(204).end();
      return;
    }
    await sendEvents(response, toSent(messages));
  };

const lastEventId = ({ headers }: Request): { lastEventId?: string } => {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? { lastEventId: id } : {};
};

/** A browser comes back after each end of a stream, until it is told that there is nothing. */
async function hasNothingMore(context: MemberContext, input: unknown): Promise<boolean> {
  const { id, after, lastEventId: last } = FollowEvents.parse(input);
  return isOver(await findSimulation(context, id), Number(last ?? after));
}

/** Here pieces of answers have no id at all, as the standard has it. */
async function* toSent(messages: unknown): AsyncGenerator<Sent, void, void> {
  if (!isAsyncIterable(messages)) throw new Error('A subscription gives messages');
  for await (const message of messages) {
    if (!isTrackedEnvelope(message)) throw new Error('Messages of a subscription have an id');
    const [id, data] = message;
    yield { id: isDelta(data) ? null : id, data };
  }
}

const isDelta = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'delta';

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const refuseMethod =
  (routes: readonly Route[]): RequestHandler =>
  (_request, response) => {
    response.setHeader('allow', routes.map((route) => route.method.toUpperCase()).join(', '));
    throw new AppError('request.methodNotAllowed', 'This address does not take that method.');
  };
