import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
