import { describe, expect, it } from 'vitest';
import { chain, diamond } from '#workflows/graph/examples.ts';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { useToasts } from '../../ui/toasts.ts';
import { createCanvasStore } from '../store/canvasStore.ts';
import { onlyNodes } from '../store/selection.ts';
import { addNode } from './addNode.ts';
import { copyText, duplicateSelection, pasteClipping, readClipping } from './clipboard.ts';
import { connectNodes } from './connectNodes.ts';
import { insertOnEdge } from './insertOnEdge.ts';
import { removeSelection } from './removeSelection.ts';

const at = { x: 500, y: 300 };

describe('adding', () => {
  it('puts the middle of the node where it was wanted, and chooses it', () => {
    const store = createCanvasStore(emptyGraph);
    const id = addNode(store, 'task', { centre: at });
    expect(store.getState().graph.nodes[0]?.position).toEqual({ x: 389, y: 218 });
    expect(store.getState().selection.nodes).toEqual([id]);
  });

  it('does not cover what is there', () => {
    const store = createCanvasStore(emptyGraph);
    addNode(store, 'task', { centre: at });
    addNode(store, 'task', { centre: at });
    const [first, second] = store.getState().graph.nodes;
    expect(second?.position.x).toBeGreaterThan(first?.position.x ?? 0);
  });

  it('draws the line that was held in the same edit', () => {
    const store = createCanvasStore(chain(1));
    addNode(store, 'task', { centre: at, connect: { nodeId: 't1', asSource: true } });
    expect(store.getState().graph.edges.at(-1)).toMatchObject({ kind: 'context', from: 't1' });
    store.getState().undo();
    expect(store.getState().graph).toEqual(chain(1));
  });
});

describe('connecting', () => {
  it('says why a line is refused and changes nothing', () => {
    const store = createCanvasStore(chain(2));
    expect(connectNodes(store, { from: 't2', to: 't1' })).toBe(false);
    expect(store.getState().graph).toEqual(chain(2));
    expect(useToasts.getState().toasts.at(-1)?.text).toContain('wait for each other');
  });
});

describe('a task on a line', () => {
  const store = createCanvasStore(chain(2));
  const line = store.getState().graph.edges.find(({ kind }) => kind === 'context');
  const id = insertOnEdge(store, line?.id ?? '');
  const nodeAt = (nodeId: string | undefined) =>
    store.getState().graph.nodes.find((node) => node.id === nodeId)?.position.x ?? 0;

  it('replaces one line by two', () => {
    const lines = store.getState().graph.edges.filter(({ kind }) => kind === 'context');
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      ['t1', id],
      [id, 't2'],
    ]);
  });

  it('finds room between both', () => {
    expect(nodeAt(id)).toBeGreaterThan(nodeAt('t1') + 222);
    expect(nodeAt('t2')).toBeGreaterThan(nodeAt(id) + 222);
  });

  it('goes away with one undo', () => {
    store.getState().undo();
    expect(store.getState().graph).toEqual(chain(2));
  });
});

describe('removing', () => {
  it('takes the lines along, and one undo brings all back', () => {
    const store = createCanvasStore(diamond);
    store.getState().select(onlyNodes(['start']));
    removeSelection(store);
    expect(store.getState().graph.edges.some(({ from, to }) => from === 'start' || to === 'start')).toBe(
      false,
    );
    store.getState().undo();
    expect(store.getState().graph).toEqual(diamond);
  });
});

describe('the clipboard', () => {
  it('carries nodes and the lines among them as text', () => {
    const store = createCanvasStore(diamond);
    store.getState().select(onlyNodes(['start', 'left', 'right']));
    const clipping = readClipping(copyText(store) ?? '');
    expect(clipping?.nodes.map(({ id }) => id)).toEqual(['start', 'left', 'right']);
    expect(clipping?.edges).toHaveLength(2);
    if (!clipping) return;
    pasteClipping(store, clipping, { x: 0, y: 900 });
    pasteClipping(store, clipping, { x: 0, y: 1200 });
    const { graph } = store.getState();
    expect(graph.nodes).toHaveLength(diamond.nodes.length + 6);
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
    expect(graph.edges).toHaveLength(diamond.edges.length + 4);
  });

  it('reads a whole crew, and leaves other text alone', () => {
    expect(readClipping(JSON.stringify(diamond))?.nodes).toHaveLength(5);
    expect(readClipping(JSON.stringify({ graph: diamond }))?.nodes).toHaveLength(5);
    expect(readClipping('{"a": 1}')).toBeUndefined();
    expect(readClipping('Dear all,')).toBeUndefined();
  });

  it('duplicates beside the original, under another name', () => {
    const store = createCanvasStore(diamond);
    store.getState().select(onlyNodes(['left']));
    duplicateSelection(store);
    expect(store.getState().graph.nodes.at(-1)?.data).toMatchObject({ name: 'left 2' });
  });
});
