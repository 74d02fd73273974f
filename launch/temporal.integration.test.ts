import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { expect, it } from 'vitest';
import { startTemporal } from './temporal.ts';

it('keeps its data over a kill', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe temporal #1?')); // characters that mean something in addresses;
  const dataFile = join(folder, 'temporal.db');
  const first = await startTemporal({ dataFile });
  const connection = await Connection.connect({ address: first.address });
  await connection.workflowService.startWorkflowExecution({
    namespace: 'default',
    workflowId: 'kept',
    workflowType: { name: 'nobody' },
    taskQueue: { name: 'nobody' },
    requestId: 'one',
  });
  await first.kill();

  const second = await startTemporal({ dataFile, port: Number(first.address.split(':')[1]) });
  const found = await connection.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId: 'kept' },
  });
  expect(found.workflowExecutionInfo?.execution?.workflowId).toBe('kept');
  await connection.close();
  await second.stop();
  expect(existsSync(dataFile)).toBe(true);
  rmSync(folder, { recursive: true });
});

/** Other names of this machine than the one that the server is to listen on. */
const elsewhere = [
  ...(process.platform === 'linux' ? ['127.0.0.2'] : []),
  ...Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address),
  ),
];

it('V41: is reached from this machine alone, since it asks nobody who they are', async () => {
  const { address, stop } = await startTemporal({});
  const port = Number(address.split(':')[1]);
  expect(address.split(':')[0]).toBe('127.0.0.1');
  expect(elsewhere.length).toBeGreaterThan(0);
  for (const host of elsewhere) {
    const [error] = await once(connect({ host, port }), 'error');
    expect(error.code).toBe('ECONNREFUSED');
  }
  await stop();
});
