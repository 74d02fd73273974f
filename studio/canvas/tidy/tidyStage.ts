import { moveNodes } from '#workflows/graph/edit.ts';
import type { CrewGraph, Position } from '#workflows/graph/schema.ts';
import { announce } from '../../ui/announcer.ts';
import { toast } from '../../ui/toasts.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { openLayoutWorker } from './openLayoutWorker.ts';

/** Tidies the stage as one edit. What was drawn while it was being laid out stays drawn. */
export async function tidyStage(store: CanvasStore): Promise<void> {
  try {
    const positions = await layOut(store.getState().graph);
    store.getState().edit((graph) => moveNodes(graph, positions));
    announce('Tidied the stage');
  } catch {
    toast({ text: 'The stage could not be tidied.', tone: 'fail' });
  }
}

function layOut(graph: CrewGraph): Promise<ReadonlyMap<string, Position>> {
  const worker = openLayoutWorker();
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, Position>>();
  worker.addEventListener('message', ({ data }: MessageEvent<ReadonlyMap<string, Position>>) =>
    resolve(data),
  );
  worker.addEventListener('error', reject);
  worker.postMessage(graph);
  return promise.finally(() => worker.terminate());
}
