export interface TopologicalOrder {
  readonly order: readonly number[];
  /** What stands in a circle or behind one, in order of number; empty for a graph without circles. */
  readonly unordered: readonly number[];
}

/** Orders numbers so that each comes after all it is `after`; of those that could come next, the smallest does. */
export function topologicalOrder(after: readonly (readonly number[])[]): TopologicalOrder {
  const missing = after.map(() => 0);
  for (const next of after.flat()) missing[next] = (missing[next] ?? 0) + 1;

  const ready: number[] = [];
  missing.forEach((count, number) => {
    if (count === 0) push(ready, number);
  });
  const order: number[] = [];
  for (let number = pop(ready); number !== undefined; number = pop(ready)) {
    order.push(number);
    for (const next of after[number] ?? []) {
      const left = (missing[next] ?? 0) - 1;
      missing[next] = left;
      if (left === 0) push(ready, next);
    }
  }
  const unordered = missing.flatMap((count, number) => (count > 0 ? [number] : []));
  return { order, unordered };
}

// A binary heap with the smallest number first: a wide crew has thousands of tasks ready at once.

function push(heap: number[], value: number): void {
  let place = heap.length;
  heap.push(value);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent] ?? value;
    if (above <= value) break;
    heap[place] = above;
    place = parent;
  }
  heap[place] = value;
}

function pop(heap: number[]): number | undefined {
  const smallest = heap[0];
  const value = heap.pop();
  if (value === undefined || heap.length === 0) return smallest;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const child = (heap[left + 1] ?? Infinity) < (heap[left] ?? Infinity) ? left + 1 : left;
    const below = heap[child];
    if (below === undefined || below >= value) break;
    heap[place] = below;
    place = child;
  }
  heap[place] = value;
  return smallest;
}
