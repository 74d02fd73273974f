import { lazy, Suspense } from 'react';
import { closeFinder, useFinder } from './finder.ts';
import { useShellCommands } from './useShellCommands.ts';

const Finder = lazy(async () => ({ default: (await import('./Finder.tsx')).Finder }));
const ShortcutHelp = lazy(async () => ({ default: (await import('./ShortcutHelp.tsx')).ShortcutHelp }));

/** The finder (Ctrl+K) and the list of keys (?), loaded when they are first wanted. */
export function Overlays() {
  const open = useFinder((state) => state.open);
  useShellCommands();
  return (
    <Suspense>
      {open === 'finder' && <Finder onClose={closeFinder} />}
      {open === 'help' && <ShortcutHelp onClose={closeFinder} />}
    </Suspense>
  );
}
