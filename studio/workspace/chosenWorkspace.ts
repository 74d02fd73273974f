import { useSyncExternalStore } from 'react';

const KEY = 'troupe.workspace';

/** What this tab is in; a new tab begins in what was chosen last. Null is one's own. */
let chosen = read();
const listeners = new Set<() => void>();

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

const chosenWorkspace = (): string | null => chosen;

/** From the next request on. What was read in another is to be forgotten by whoever chooses: `useSwitchWorkspace`. */
export function rememberWorkspace(id: string | null): void {
  chosen = id;
  try {
    // Empty and not removed, so that this tab is not led elsewhere by what another one chooses later.
    sessionStorage.setItem(KEY, id ?? '');
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, id);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useChosenWorkspace = (): string | null =>
  useSyncExternalStore(subscribe, chosenWorkspace) || null;

/** For requests about what is in a workspace. */
export const workspaceHeaders = (): Record<string, string> => (chosen ? { 'troupe-workspace': chosen } : {});

/** A link that the browser follows by itself, to the bytes of a file. */
export const contentOf = (fileId: string): string =>
  `/api/v1/files/${fileId}/content${chosen ? `?workspace=${chosen}` : ''}`;

/** Streams of browsers take no headers. */
export const workspaceParams = (): Record<string, string> | null => (chosen ? { workspace: chosen } : null);
