import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const workflowsPath = fileURLToPath(new URL('../workflows/runSimulation.ts', import.meta.url));

/** Both the bundle and the worker that runs it take it. */
export const failureConverterPath = fileURLToPath(new URL('failureConverter.ts', import.meta.url));

/**
 * The SDK traces each promise that workflow code makes, through the source map. Four frames say where something was; the
 * usual ten take a quarter of all that a workflow computes. Set before the SDK freezes what workflows share, and on the
 * line that is the first already, so that the source map stays true.
 */
const SHORT_TRACES = 'Error.stackTraceLimit = 4;';

/** Bundles the workflow as Temporal will run it. Fails on anything impure that reached it. */
export async function bundleWorkflow(
  options: Pick<BundleOptions, 'logger'> = {},
): Promise<WorkflowBundleWithSourceMap> {
  const bundle = await bundleWorkflowCode({ ...options, workflowsPath, failureConverterPath });
  return { ...bundle, code: `${SHORT_TRACES}${bundle.code}` };
}

/** The same into a file. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflow();
  await writeFile(outFile, code);
}
