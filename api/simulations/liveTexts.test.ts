import { describe, expect, it } from 'vitest';
import type { Delta } from '#workflows/graph/eventSchema.ts';
import { LiveTexts } from './liveTexts.ts';

const delta = (offset: number, text: string, attempt = 1, epoch = 1): Delta => ({
  path: 'p',
  nodeId: 'n',
  epoch,
  attempt,
  offset,
  text,
});
const partial = (text: string, attempt = 1) => ({ path: 'p', nodeId: 'n', epoch: 1, attempt, text });

/** A follower that has looked at the rows once and found nothing under way. */
function joined(): LiveTexts {
  const texts = new LiveTexts();
  texts.takePartials([]);
  return texts;
}

describe('LiveTexts', () => {
  it('passes pieces on in order, joined', () => {
    const texts = joined();
    texts.take(delta(0, 'Hello '));
    texts.take(delta(6, 'world'));
    expect(texts.drain()).toEqual([delta(0, 'Hello world')]);
    texts.take(delta(11, '!'));
    expect(texts.drain()).toEqual([delta(11, '!')]);
    expect(texts.drain()).toEqual([]);
    expect(texts.hasGap).toBe(false);
  });

  it('leaves out what was sent before', () => {
    const texts = joined();
    texts.take(delta(0, 'Hello'));
    texts.drain();
    texts.take(delta(0, 'Hello'));
    texts.take(delta(3, 'lo you'));
    expect(texts.drain()).toEqual([delta(5, ' you')]);
  });

  it('begins with the text so far, and joins what came meanwhile', () => {
    const texts = new LiveTexts();
    expect(texts.hasGap).toBe(true);
    texts.take(delta(8, 'live'));
    texts.takePartials([partial('so far, ')]);
    expect(texts.drain()).toEqual([delta(0, 'so far, live')]);
    expect(texts.hasGap).toBe(false);
  });

  it('waits for a text so far that reaches up to what it has', () => {
    const texts = new LiveTexts();
    texts.take(delta(10, 'tail'));
    texts.takePartials([partial('0123')]);
    expect(texts.drain()).toEqual([delta(0, '0123')]);
    expect(texts.hasGap).toBe(true);
    texts.takePartials([partial('0123456789ta')]);
    expect(texts.drain()).toEqual([delta(4, '456789tail')]);
    expect(texts.hasGap).toBe(false);
  });

  it('begins anew with a later attempt and ignores the one before', () => {
    const texts = joined();
    texts.take(delta(0, 'first try'));
    texts.drain();
    texts.take(delta(0, 'second', 2));
    texts.take(delta(9, ' goes on', 1));
    expect(texts.drain()).toEqual([delta(0, 'second', 2)]);
    texts.take(delta(0, 'next epoch', 1, 2));
    expect(texts.drain()).toEqual([delta(0, 'next epoch', 1, 2)]);
  });

  it('says nothing more of a step that has ended', () => {
    const texts = joined();
    texts.take(delta(0, 'almost'));
    texts.end({ path: 'p', nodeId: 'n', epoch: 1, attempt: 1 });
    texts.take(delta(6, ' done'));
    expect(texts.drain()).toEqual([]);
    texts.take(delta(0, 'again', 2));
    expect(texts.drain()).toEqual([delta(0, 'again', 2)]);
  });

  it('drops what piles up behind a follower that does not read, and catches up from the row', () => {
    const texts = joined();
    const piece = 'x'.repeat(10_000);
    for (let at = 0; at < 100; at += 1) texts.take(delta(at * piece.length, piece));
    expect(texts.hasGap).toBe(true);
    texts.takePartials([partial('x'.repeat(1_000_000))]);
    const sent = texts.drain();
    expect(sent.map(({ text }) => text.length)).toEqual([1_000_000]);
  });
});
