import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { createAutosave, type SaveResult, type SaveState } from './autosave.ts';
import type { Saving } from './SaveContext.ts';
import { noteSave } from './savesUnderWay.ts';

interface SavedCrew {
  readonly id: string;
  readonly name: string;
  readonly graphVersion: number;
}

/** Keeps the server's draft at what is drawn. */
export function useAutosave(store: CanvasStore, crew: SavedCrew): Saving {
  const [{ state, message }, setState] = useState<Pick<Saving, 'state' | 'message'>>({
    state: 'saved',
    message: undefined,
  });
  const navigate = useNavigate();
  const autosave = useMemo(
    () =>
      createAutosave({
        graphVersion: crew.graphVersion,
        save: (graph, graphVersion) => saveGraph(crew.id, graph, graphVersion),
        onState: (next, why) => setState({ state: next, message: why }),
      }),
    [crew.id, crew.graphVersion],
  );

  useEffect(() => {
    const stopWatching = store.subscribe((now, before) => {
      if (now.graph !== before.graph) autosave.note(now.graph);
    });
    return () => {
      stopWatching();
      noteSave(crew.id, autosave.flush());
      autosave.stop();
    };
  }, [store, autosave, crew.id]);
  useGuard(state, () => {
    autosave.flush().catch(() => undefined);
  });

  return {
    state,
    message,
    saveNow: () => autosave.flush(),
    loadTheirs: async () => {
      const theirs = await client.crews.get.query({ id: crew.id });
      store.getState().load(theirs.graph);
      autosave.restart(theirs.graphVersion);
    },
    keepMineAsCopy: async () => {
      const { graph } = store.getState();
      const copy = await client.crews.create.mutate({ name: `${crew.name} (my copy)`, graph });
      autosave.stop();
      toast({ text: 'Your version is a crew of its own now.' });
      await navigate(`/crews/${copy.id}/edit`);
    },
  };
}

async function saveGraph(id: string, graph: CrewGraph, graphVersion: number): Promise<SaveResult> {
  try {
    const saved = await client.crews.save.mutate({ id, graph, graphVersion });
    queryClient.invalidateQueries({ queryKey: trpc.crews.list.pathKey() }).catch(() => undefined);
    return { kind: 'saved', graphVersion: saved.graphVersion };
  } catch (error) {
    const { code, message, isTemporary } = problemOf(error);
    if (code === 'crew.conflict') return { kind: 'conflict' };
    return isTemporary ? { kind: 'offline' } : { kind: 'refused', message };
  }
}

const isDirty = (state: SaveState) => state !== 'saved';

/** Asks before a page with unsaved work is closed, and tries at once when the network is back or the tab is hidden. */
function useGuard(state: SaveState, saveSoon: () => void): void {
  const handleUnload = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isDirty(state)) event.preventDefault();
  });
  const trySaving = useEffectEvent(() => {
    if (isDirty(state) && state !== 'conflict') saveSoon();
  });
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => handleUnload(event);
    const save = () => trySaving();
    addEventListener('beforeunload', warn);
    addEventListener('online', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      removeEventListener('beforeunload', warn);
      removeEventListener('online', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, []);
}
