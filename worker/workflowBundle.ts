import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/runSimulation.ts', import.meta.url));

/** Bundles the workflow as Temporal will run it. Fails on anything impure that reached it. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath });
  await writeFile(outFile, code);
}
