import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { bundleWorkflow } from './workflowBundle.ts';

/**
 * A simulation that began on older code goes on with newer code: each history in workflows/histories was made by a
 * version that ran once. When one fails here, the change breaks simulations in flight; make it depend on the plan's
 * version or on `patched`.
 */
const folder = fileURLToPath(new URL('../workflows/histories/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
let bundle: Awaited<ReturnType<typeof bundleWorkflow>>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await bundleWorkflow({ logger: new DefaultLogger('ERROR') });
});

test('there is a history of each feature', () => {
  expect(names.length).toBeGreaterThanOrEqual(9);
});

test.each(names)('replays %s', async (name) => {
  const history = historyFromJSON(JSON.parse(readFileSync(`${folder}${name}`, 'utf8')));
  await Worker.runReplayHistory({ workflowBundle: bundle }, history);
});
