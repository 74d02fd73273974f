import { QueryTypes } from 'sequelize';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AuditDetails } from '#api/database/audit/AuditEntry.ts';
import { inWorkspace } from '#api/database/connect.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import { chain, parallelJoin } from '#workflows/graph/examples.ts';
import { keepCredential } from './testing/credentials.ts';
import type { Started } from './testing/engine.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

let up: TestEngine;
beforeAll(async () => {
  up = await setUpEngine();
});
afterEach(() => up.models.reset());
afterAll(() => up.tearDown());

interface Entry {
  readonly action: string;
  readonly kind: string;
  readonly objectId: string;
  readonly result: string;
  readonly details: AuditDetails;
}

const auditOf = ({ workspaceId }: Pick<Started, 'workspaceId'>): Promise<Entry[]> =>
  inWorkspace(up.engine.database, workspaceId, (transaction) =>
    up.engine.database.query<Entry>(
      `select action, object_kind as kind, object_id as "objectId", result, details
       from audit_entries order by seq`,
      { transaction, type: QueryTypes.SELECT },
    ),
  );

const caller = (url: string) =>
  drawCrew({
    agents: [{ id: 'w', name: 'W', role: 'W', goal: 'Work', backstory: 'Works.', tools: ['http_request'] }],
    tasks: [{ id: 't', name: 't', agent: 'w', description: `Open ${url}`, expectedOutput: 'Text' }],
  });

describe('the audit', () => {
  test('has each use of a credential once for a simulation, and where it went', async () => {
    const { engine, models } = up;
    const { start, workspaceId } = await engine.prepareIn({
      graph: parallelJoin(3),
      model: 'custom/ours/some-model',
    });
    const secret = 'sk-used-and-not-written-down';
    const id = await keepCredential(engine.database, {
      workspaceId,
      provider: 'openai-compatible',
      slug: 'ours',
      url: models.openaiBaseUrl,
      origin: models.url,
      secret,
    });
    const simulation = await start();
    expect((await simulation.ended()).status).toBe('completed');
    expect(models.calls.length).toBeGreaterThan(3);
    const entries = await auditOf({ workspaceId });
    expect(entries).toEqual([
      {
        action: 'credentials.use',
        kind: 'credential',
        objectId: id,
        result: 'ok',
        details: { host: new URL(models.url).host, simulationId: simulation.id },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test('has an address that was kept shut: its host, once, and nothing of what was to be sent', async () => {
    const url = 'http://127.0.0.1:5432/private/path?token=in-the-query';
    up.models.script(({ body }) => {
      const messages = body.messages as readonly { readonly role: string }[];
      if (messages.filter(({ role }) => role === 'tool').length >= 2) return { text: 'Done.' };
      const asked = { method: 'GET', url: `${url}&n=${messages.length}` };
      return { toolCalls: [{ name: 'http_request', arguments: asked }] };
    });
    const simulation = await up.engine.start({ graph: caller(url), model: 'openai/gpt-4.1-mini' });
    expect((await simulation.ended()).status).toBe('completed');
    expect(await auditOf(simulation)).toEqual([
      {
        action: 'egress.blocked',
        kind: 'simulation',
        objectId: simulation.id,
        result: 'refused',
        details: { host: '127.0.0.1:5432', reason: 'address', tool: 'http_request' },
      },
    ]);
  });

  test('has a model server that may not be reached', async () => {
    const { engine } = up;
    const { start, workspaceId } = await engine.prepareIn({ graph: chain(1), model: 'custom/ours/m' });
    await keepCredential(engine.database, {
      workspaceId,
      provider: 'openai-compatible',
      slug: 'ours',
      url: 'http://127.0.0.1:9/v1',
      origin: 'http://127.0.0.1:9',
      secret: 'sk-stays-here',
    });
    const simulation = await start();
    expect((await simulation.ended()).failure).toMatchObject({ code: 'egress.blocked' });
    expect(await auditOf({ workspaceId })).toMatchObject([
      { action: 'credentials.use', result: 'ok' },
      { action: 'egress.blocked', details: { host: '127.0.0.1:9', reason: 'address', tool: 'model' } },
    ]);
  });

  test('has a simulation that has used up its budget', async () => {
    const { start, workspaceId } = await up.engine.prepareIn({
      graph: chain(1),
      model: 'openai/gpt-4.1-mini',
      budgetMicros: 1,
    });
    const simulation = await start();
    await simulation.event(({ type }) => type === 'simulation.waiting');
    await simulation.command('cancel');
    expect((await simulation.ended()).status).toBe('cancelled');
    expect(await auditOf({ workspaceId })).toMatchObject([
      { action: 'limit.reached', objectId: simulation.id, details: { limit: 'budget' } },
    ]);
  });
});
