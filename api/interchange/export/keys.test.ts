import { describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { keysOf } from './keys.ts';

describe('keys', () => {
  it('are Python names, each once, made of ids or of names when the studio made the ids', () => {
    const ids = [
      'Write-It',
      'write_it',
      'class',
      'yes',
      'crew',
      '9lives',
      'toString',
      'n4f9a8x2kd0qz',
      'n4f9a8x2kd0q1',
    ];
    const graph = drawCrew({
      agents: [],
      tasks: ids.map((id) => ({ id, name: id.startsWith('n4') ? 'Café №1!' : '日本', description: 'D' })),
    });
    expect([...keysOf(graph).values()]).toEqual([
      'write_it',
      'write_it_2',
      'class_2',
      'yes_2',
      'crew_2',
      'task_9lives',
      'tostring',
      'cafe_no1',
      'cafe_no1_2',
    ]);
  });
});
