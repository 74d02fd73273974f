import { parseArgs } from 'node:util';
import { startModelServer } from './modelServer.ts';

// A process of its own, so that its counts outlive the workers that tests kill.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    length: { type: 'string', default: '400' },
  },
});

const server = await startModelServer({
  port: Number(values.port),
  latencyMs: Number(values.latency),
  length: Number(values.length),
});
console.log(`model server: ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.stop().then(() => process.exit(0));
  });
}
