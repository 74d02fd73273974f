import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openKnowledgeHouse, untilRead } from '#worker/knowledge/testing/openKnowledgeHouse.ts';
import { runProcess } from '../processes.ts';

const workerMain = fileURLToPath(new URL('../../worker/testing/crashingMain.ts', import.meta.url));

test('a worker that dies between two batches of a source pays for none of them again', async () => {
  const house = await openKnowledgeHouse({ hasVectors: true, hasWorker: false });
  try {
    const ada = await house.api.createUser('Ada');
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Long' });
    // A hundred passages and more: four batches.
    const text = Array.from({ length: 45_000 }, (_, number) => `word${number}`).join(' ');
    const { items } = await ada.trpc.knowledge.addSource.mutate({ id, name: 'Long', text });
    const worker = await runProcess({
      command: process.execPath,
      args: [workerMain],
      env: {
        PATH: process.env.PATH,
        ...house.env,
        CRASH_POINT: 'recorded',
        CRASH_PATH: `source:${items[0]?.id}/2`,
        CRASH_MARK: join(house.env.DATA_DIR ?? '', 'mark'),
      },
      logFile: join(house.env.DATA_DIR ?? '', 'worker.log'),
      stopSignal: 'SIGTERM',
    });
    expect((await worker.exited).signal).toBe('SIGKILL');
    expect((await ada.trpc.knowledge.get.query({ id })).items[0]?.state).toBe('reading');
    const paid = house.embeddings.embedded.length;
    expect(paid).toBe(64);

    await house.startWorker();
    await untilRead(ada, id, ['ready']);
    const { embedded } = house.embeddings;
    expect(embedded.length).toBeGreaterThan(paid);
    expect(new Set(embedded).size).toBe(embedded.length);
    expect((await ada.trpc.knowledge.get.query({ id })).passages).toBe(embedded.length);
  } finally {
    await house.close();
  }
});
