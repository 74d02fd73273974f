import { createWorker } from '../createWorker.ts';
import { readEnv } from '../env.ts';
import type { ReachPoint } from '../steps/crashPoints.ts';

/** A worker in this process, on a queue of its own. Stop it before the test ends. */
export async function runWorker(
  env: Record<string, string | undefined>,
  reach?: ReachPoint,
): Promise<{ stop(): Promise<void> }> {
  const worker = await createWorker({ env: readEnv(env), reach });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}
