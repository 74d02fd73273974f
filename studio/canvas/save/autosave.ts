/** `conflict`: somebody else changed the same; nothing is saved until a person has decided. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict' | 'refused';

/** What became of an attempt. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly message: string };

export interface AutosaveOptions<T> {
  /** Conflict token of what the server has. */
  readonly version: number;
  readonly save: (document: T, version: number) => Promise<SaveResult>;
  readonly onState: (state: SaveState, message?: string) => void;
}

export interface Autosave<T> {
  /** Something was drawn or written. */
  readonly note: (document: T) => void;
  /** Saves without waiting; resolves to whether everything is saved. */
  readonly flush: () => Promise<boolean>;
  /** Goes on from what the server has, after a person decided. */
  readonly restart: (version: number) => void;
  readonly stop: () => void;
}

// A pause of this length ends a thought; a long gesture is saved all the same after five seconds.
const PAUSE_MS = 800;
const LONGEST_MS = 5_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** Saves a document as it changes: after a pause, one request at a time, again and again while nobody answers. */
export function createAutosave<T extends object>({
  version: firstVersion,
  save,
  onState,
}: AutosaveOptions<T>): Autosave<T> {
  let version = firstVersion;
  let wanted: T | undefined;
  let firstAt: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let failures = 0;
  let isFrozen = false;

  const plan = (wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  const note = (document: T) => {
    wanted = document;
    if (isFrozen) return;
    firstAt ??= Date.now();
    if (running === undefined) onState('unsaved');
    plan(Math.max(0, Math.min(PAUSE_MS, firstAt + LONGEST_MS - Date.now())));
  };

  const attempt = async (): Promise<boolean> => {
    clearTimeout(timer);
    const document = wanted;
    if (!document || isFrozen) return !document;
    firstAt = undefined;
    onState('saving');
    const result = await save(document, version);
    if (result.kind === 'saved') {
      version = result.version;
      failures = 0;
      if (wanted === document) {
        wanted = undefined;
        onState('saved');
        return true;
      }
      return attempt();
    }
    if (result.kind === 'offline') {
      onState('offline');
      plan(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? LONGEST_MS);
      failures += 1;
      return false;
    }
    isFrozen = result.kind === 'conflict';
    onState(result.kind, 'message' in result ? result.message : undefined);
    return false;
  };

  const flush = (): Promise<boolean> => {
    running ??= attempt().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    note,
    flush,
    restart: (next) => {
      version = next;
      wanted = undefined;
      isFrozen = false;
      failures = 0;
      onState('saved');
    },
    stop: () => clearTimeout(timer),
  };
}
