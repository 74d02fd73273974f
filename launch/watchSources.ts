import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const folders = ['api', 'worker', 'workflows'];
/** Editors and git write several files in a row: what comes within this time is one change. */
const settleMs = 150;

/** Tells of changed sources, as paths from the root. Tests are not part of what runs. */
export function watchSources(onChange: (changed: ReadonlySet<string>) => void): void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    const all = changed;
    changed = new Set();
    onChange(all);
  };
  for (const folder of folders.filter((name) => existsSync(join(root, name)))) {
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.ts$/.test(file) || /\.test\.ts$/.test(file)) return;
      changed.add(`${folder}/${file}`);
      clearTimeout(timer);
      timer = setTimeout(settle, settleMs);
    });
  }
}
