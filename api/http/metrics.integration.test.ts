import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { expireSimulations, findOverdueWorkspaces } from '../retention/expireSimulations.ts';
import { buildSimulation, completed, started } from '../testing/build.ts';
import { makeOld } from '../testing/makeOld.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { metrics } from './metrics.ts';
import { sendRefusal } from './sendRefusal.ts';

let api: TestApi;
let server: Server | null = null;
beforeAll(async () => {
  api = await openTestApi();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});
afterAll(() => api.close());

const read = async (headers: Record<string, string> = {}, url = api.url) => {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
};
const figure = async (name: string) =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec((await read()).text)?.[1]);

/** With a token, as an operator gives one. */
async function serve(token: string): Promise<string> {
  const app = express();
  app.use(
    '/metrics',
    metrics({ database: api.database, token }),
    sendRefusal({ log: pino({ level: 'silent' }) }),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('tells this machine whether simulations go when their time is over', async () => {
  const ada = await api.createUser('Ada');
  const simulation = await buildSimulation(api.database, { owner: ada, events: [started, completed] });
  const before = await figure('troupe_retention_simulations_removed_total');
  await makeOld(api.database, simulation, 91);
  while ((await findOverdueWorkspaces(api.database)).includes(simulation.workspaceId))
    await expireSimulations(api.database, simulation.workspaceId);
  expect(await figure('troupe_retention_simulations_removed_total')).toBeGreaterThan(before);
  expect(await figure('troupe_retention_overdue_simulations')).toBeGreaterThanOrEqual(0);
  expect((await read()).text).toContain('# TYPE troupe_retention_oldest_overdue_seconds gauge');
});

it('V35: is not there for whom a proxy lets through', async () => {
  expect((await read({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
  expect((await read({ forwarded: 'for=203.0.113.7' })).status).toBe(404);
});

it('V35: is there for who has the token, where there is one', async () => {
  const url = await serve('a-token-of-the-operator');
  expect((await read({}, url)).status).toBe(404);
  expect((await read({ authorization: 'Bearer another' }, url)).status).toBe(404);
  expect((await read({ authorization: 'Bearer a-token-of-the-operator' }, url)).status).toBe(200);
});
