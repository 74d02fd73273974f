import { drawCrew, type SketchedTask } from '#workflows/graph/draw.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

const agents = [
  { id: 'ann', name: 'Ann', role: 'Reader', goal: 'Read well', backstory: 'Reads a lot' },
  { id: 'bob', name: 'Bob', role: 'Writer', goal: 'Write well', backstory: 'Writes a lot' },
];

const task = (id: string, name: string, rest: Partial<SketchedTask> = {}): SketchedTask => ({
  id,
  name,
  agent: 'ann',
  description: `${name} it.`,
  expectedOutput: 'A sentence.',
  ...rest,
});

/** Three tasks in a row, without inputs. */
export const oneAfterAnother: CrewGraph = drawCrew({
  agents,
  tasks: [
    task('read', 'Read'),
    task('think', 'Think', { reads: ['read'] }),
    task('write', 'Write', { agent: 'bob', reads: ['think'] }),
  ],
});

/** Two tasks that a third reads; a fourth stands apart. */
export const twoIntoOne: CrewGraph = drawCrew({
  process: 'parallel',
  agents,
  tasks: [
    task('left', 'Left'),
    task('right', 'Right'),
    task('join', 'Join', { agent: 'bob', reads: ['left', 'right'] }),
    task('apart', 'Apart', { agent: 'bob' }),
  ],
});
