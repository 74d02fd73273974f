import { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * A process of its own, run by downloadTemporalCli: Temporal's SDK can download the CLI only by starting a server with it,
 * and a download that hangs can then be ended from outside.
 */
const [downloadDir] = process.argv.slice(2);
if (!downloadDir) throw new Error('usage: fetchTemporalCli.ts FOLDER');
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir } },
});
await environment.teardown();
