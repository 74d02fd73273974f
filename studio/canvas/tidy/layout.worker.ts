import type { CrewGraph } from '#workflows/graph/schema.ts';
import { dagreLayout } from './dagreLayout.ts';

// A crew of thousands takes a second to lay out; the page stays awake meanwhile.
addEventListener('message', ({ data }: MessageEvent<CrewGraph>) => {
  postMessage(dagreLayout(data));
});
