import type { CrewGraph } from '#workflows/graph/schema.ts';

/** `conflict`: somebody else changed the crew; nothing is saved until a person has decided. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict' | 'refused';

/** What became of an attempt. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly graphVersion: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly message: string };

export interface AutosaveOptions {
  readonly graphVersion: number;
  readonly save: (graph: CrewGraph, graphVersion: number) => Promise<SaveResult>;
  readonly onState: (state: SaveState, message?: string) => void;
}

export interface Autosave {
  /** Something was drawn. */
  readonly note: (graph: CrewGraph) => void;
  /** Saves without waiting; resolves to whether everything drawn is saved. */
  readonly flush: () => Promise<boolean>;
  /** Goes on from what the server has, after a person decided. */
  readonly restart: (graphVersion: number) => void;
  readonly stop: () => void;
}

// A pause of this length ends a thought; a long gesture is saved all the same after five seconds.
const PAUSE_MS = 800;
const LONGEST_MS = 5_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** Saves what is drawn: after a pause, one request at a time, again and again while nobody answers. */
export function createAutosave({ graphVersion, save, onState }: AutosaveOptions): Autosave {
  let version = graphVersion;
  let wanted: CrewGraph | undefined;
  let firstAt: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let failures = 0;
  let isFrozen = false;

  const plan = (wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  const note = (graph: CrewGraph) => {
    wanted = graph;
    if (isFrozen) return;
    firstAt ??= Date.now();
    if (running === undefined) onState('unsaved');
    plan(Math.max(0, Math.min(PAUSE_MS, firstAt + LONGEST_MS - Date.now())));
  };

  const attempt = async (): Promise<boolean> => {
    clearTimeout(timer);
    const graph = wanted;
    if (!graph || isFrozen) return !graph;
    firstAt = undefined;
    onState('saving');
    const result = await save(graph, version);
    if (result.kind === 'saved') {
      version = result.graphVersion;
      failures = 0;
      if (wanted === graph) {
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
