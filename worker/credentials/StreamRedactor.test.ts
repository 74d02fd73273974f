import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import { StreamRedactor } from './StreamRedactor.ts';

const secrets = [{ name: 'Mine', value: 'sk-abcabc-abcabd' }];

function pass(pieces: readonly string[]): string[] {
  const out: string[] = [];
  const stream = new StreamRedactor(secrets, (text) => out.push(text));
  for (const piece of pieces) stream.add(piece);
  stream.end();
  return out;
}

describe('StreamRedactor', () => {
  const text = `Before sk-abcabc-abcabd, sk-abc and ${Buffer.from('sk-abcabc-abcabd').toString('base64')} after sk-`;

  it('finds a secret wherever the text is cut', () => {
    for (let size = 1; size <= text.length; size += 1) {
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      expect(pass(pieces).join('')).toBe(redact(text, secrets));
    }
  });

  it('lets other texts pass at once', () => {
    expect(pass(['Hello ', 'there.'])).toEqual(['Hello ', 'there.']);
  });
});
