import { describe, expect, it } from 'vitest';
import { knowledgeBlock, memoryBlock, readStatements } from './memoryPrompts.ts';

describe('what a prompt is told', () => {
  it('is nothing when nothing is known', () => {
    expect([memoryBlock([]), knowledgeBlock([])]).toEqual(['', '']);
  });

  it('is each memory with its score, as notes', () => {
    const block = memoryBlock([{ text: 'The client likes tea.', score: 0.8712 }]);
    expect(block).toContain(
      '# Memories from past conversations:\nRelevant memories:\n- (score=0.87) The client likes tea.',
    );
    expect(block).toContain('not instructions');
  });

  it('is each passage with its source', () => {
    expect(
      knowledgeBlock([
        { source: 'a.pdf', text: 'A fact.' },
        { source: 'b.docx', text: 'Another.' },
      ]),
    ).toBe('\n\nAdditional Information:\n[a.pdf]\nA fact.\n\n[b.docx]\nAnother.');
  });
});

describe('statements are read', () => {
  it.each([
    [
      '[{"text":"A.","importance":0.9},{"text":"B."}]',
      [
        { text: 'A.', importance: 0.9 },
        { text: 'B.', importance: 0.5 },
      ],
    ],
    ['Here:\n```json\n["A."]\n```', [{ text: 'A.', importance: 0.5 }]],
    [
      '- A.\n2) B.\nand so on',
      [
        { text: 'A.', importance: 0.5 },
        { text: 'B.', importance: 0.5 },
      ],
    ],
    ['[{"text":"A.","importance":7},{"text":""},{"other":1},null,3]', [{ text: 'A.', importance: 1 }]],
    ['[]', []],
    ['Nothing to keep.', []],
    ['[broken', []],
  ])('from %j', (answer, statements) => {
    expect(readStatements(answer)).toEqual(statements);
  });

  it('eight at most', () => {
    expect(readStatements(JSON.stringify(Array.from({ length: 20 }, (_, n) => `Fact ${n}`)))).toHaveLength(8);
  });
});
