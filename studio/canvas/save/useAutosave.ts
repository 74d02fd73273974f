import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { createAutosave, type SaveResult } from './autosave.ts';
import type { Saving } from './SaveContext.ts';
import { noteSave } from './savesUnderWay.ts';
import { useUnsavedGuard } from './useUnsavedGuard.ts';

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
      createAutosave<CrewGraph>({
        version: crew.graphVersion,
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
  useUnsavedGuard(state, () => {
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
    return { kind: 'saved', version: saved.graphVersion };
  } catch (error) {
    const { code, message, isTemporary } = problemOf(error);
    if (code === 'crew.conflict') return { kind: 'conflict' };
    return isTemporary ? { kind: 'offline' } : { kind: 'refused', message };
  }
}
