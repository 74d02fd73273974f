import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../paths.ts';
import { writeDocument } from './document.ts';
import { findProofs } from './findProofs.ts';
import { SECTIONS } from './rows.ts';

const proofs = findProofs();

it('proves by a test everything that is said to work', () => {
  const unproved = SECTIONS.flatMap(({ number, rows }) =>
    Object.entries(rows).flatMap(([name, { is }]) =>
      is === 'works' && !proofs.has(`${number} ${name}`) ? [`${number} ${name}`] : [],
    ),
  );
  expect(unproved).toEqual([]);
});

it('names no attribute in a title that CrewAI does not have', () => {
  const known = new Set(
    SECTIONS.flatMap(({ number, rows }) => Object.keys(rows).map((name) => `${number} ${name}`)),
  );
  expect([...proofs.keys()].filter((key) => !known.has(key))).toEqual([]);
});

it('is the table in CREWAI.md', async () => {
  await expect(writeDocument(proofs)).toMatchFileSnapshot(join(root, 'CREWAI.md'));
});
