import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says in DATA_DIR which process this is, until the returned function is called. */
export function writePidFile(dataDir: string, name: string): () => void {
  const folder = join(dataDir, 'pids');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.pid`);
  writeFileSync(file, `${process.pid}\n`);
  return () => rmSync(file, { force: true });
}
