import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildWorkflowBundle } from '#worker/workflowBundle.ts';

/** A process of its own, so that the launcher does not keep the bundler in memory. */
const [outFile] = process.argv.slice(2);
if (!outFile) throw new Error('usage: bundleWorkflow.ts FILE');
mkdirSync(dirname(outFile), { recursive: true });
const fresh = `${outFile}.${process.pid}`;
await buildWorkflowBundle(fresh);
renameSync(fresh, outFile);
