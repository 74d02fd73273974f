import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/runSimulation.ts', import.meta.url));

/** Both the bundle and the worker that runs it take it. */
export const failureConverterPath = fileURLToPath(new URL('failureConverter.ts', import.meta.url));

/** Bundles the workflow as Temporal will run it. Fails on anything impure that reached it. */
export const bundleWorkflow = (
  options: Pick<BundleOptions, 'logger'> = {},
): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ ...options, workflowsPath, failureConverterPath });

/** The same into a file. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflow();
  await writeFile(outFile, code);
}
