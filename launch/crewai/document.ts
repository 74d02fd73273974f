import type { Proof } from './findProofs.ts';
import { SECTIONS, type Support } from './rows.ts';

/** Proves of every row that nothing else proves that an import tells of it. */
export const TOLD = 'api/interchange/crewai/told.test.ts';

const HEAD = `# What of CrewAI works here

Every attribute of CrewAI 1.15, what becomes of it when a crew is imported and run, and the test that proves it. Written by
\`launch/crewai/document.test.ts\`; where ours differs on purpose, \`compat: "crewai-1.15"\` among a crew's settings gives
CrewAI's own way as far as a note says so.
`;

/** The table as Markdown. */
export function writeDocument(proofs: ReadonlyMap<string, readonly Proof[]>): string {
  const sections = SECTIONS.map(({ number, title, rows }) => {
    const lines = Object.entries(rows).map(([name, support]) => {
      const proof = proofs.get(`${number} ${name}`)?.[0];
      const shown = proof ? `\`${proof.file}\`: ${proof.title}` : `\`${TOLD}\``;
      return `| \`${name}\` | ${inWords(support)} | ${shown.replaceAll('|', '\\|')} |`;
    });
    return `## ${title}\n\n| attribute | | test |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

function inWords(support: Support): string {
  switch (support.is) {
    case 'works':
      return `works${support.note ? `. ${support.note}` : ''}`;
    case 'differs':
      return `differs on purpose. ${support.note}`;
    case 'not':
      return `not supported: imported with a warning (${support.because})`;
  }
}
