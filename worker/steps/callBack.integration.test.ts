import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { crewOf } from '../testing/crewOf.ts';
import { answerAt } from '../testing/pathsOf.ts';
import { setUpEngine, type TestEngine } from '../testing/setUpEngine.ts';
import { testEnv } from '../testing/testEnv.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

let receiver: Server;
let received: Received[] = [];
let statuses: number[] = [];
let url = '';
let up: TestEngine | undefined;
const at = () => {
  if (!up) throw new Error('The engine is not up');
  return up;
};

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end('heard');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  url = `http://127.0.0.1:${port}/hook`;
  up = await setUpEngine(testEnv(), { EGRESS_ALLOW: `127.0.0.1:${port}` });
});
beforeEach(() => {
  up?.models.reset();
  [received, statuses] = [[], []];
});
afterAll(async () => {
  await up?.tearDown();
  receiver.close();
});

const model = 'openai/gpt-4.1-mini';

test('[1.2 callback] somebody is told the answer of a task by a step of its own, once', async () => {
  const { engine, models } = at();
  models.script(() => ({ text: 'the answer' }));
  const graph = crewOf({ tasks: [{ callback: { url } }] });
  const simulation = await engine.start({ graph, model });
  expect(await simulation.ended()).toMatchObject({ status: 'completed', outputPath: 't1/t1/0/think.1' });
  expect(received).toEqual([
    {
      headers: expect.objectContaining({
        'content-type': 'application/json',
        'idempotency-key': `${simulation.id}/t1/t1/0/callback`,
      }),
      body: {
        event: 'task.completed',
        simulation_id: simulation.id,
        task_id: 't1',
        name: 'T1',
        description: 'Do t1.',
        expected_output: 'It.',
        agent: 'Writer',
        raw: 'the answer',
      },
    },
  ]);
  expect(await answerAt(simulation, 't1/0/callback')).toBe('200');
  const fork = await engine.start({ graph, model, fork: { of: simulation, rerun: ['t1/t1/0/think.1'] } });
  models.script(() => ({ text: 'another answer' }));
  expect((await fork.ended()).status).toBe('completed');
  expect(received).toHaveLength(1);
  expect(await answerAt(fork, 't1/0/callback')).toContain('simulated in this fork');
});

test('[1.2 callback] a receiver in trouble is told again; one that refuses ends nothing', async () => {
  const { engine } = at();
  statuses = [503, 200, 404];
  const graph = crewOf({ tasks: [{ callback: { url } }, { callback: { url } }] });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(received).toHaveLength(3);
  expect(await answerAt(simulation, 't2/0/callback')).toBe('It answered 404. heard');
});

test('[1.2 callback] an address that may not be reached is not reached', async () => {
  const { engine } = at();
  const graph = crewOf({ tasks: [{ callback: { url: 'http://169.254.169.254/latest' } }] });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(
    await simulation.select(`select response ->> 'finishReason' as how from steps
    where simulation_id = $1 and path = 't1/t1/0/callback'`),
  ).toEqual([{ how: 'tool_error' }]);
});
