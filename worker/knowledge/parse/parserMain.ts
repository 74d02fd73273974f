import { buffer } from 'node:stream/consumers';
import { ParseProblem } from './ParseProblem.ts';
import { parseBytes } from './parsers.ts';

/** The process in which one file is read: bytes come in, JSON goes out, and nothing else of it is ever used. */
const [mediaType = ''] = process.argv.slice(2);

function say(answer: { readonly text: string } | { readonly code: string }): void {
  process.stdout.write(JSON.stringify(answer));
}

try {
  say({ text: await parseBytes(await buffer(process.stdin), mediaType) });
} catch (error) {
  say({ code: error instanceof ParseProblem ? error.code : 'source.unreadable' });
}
