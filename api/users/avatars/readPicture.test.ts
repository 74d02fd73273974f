import { describe, expect, it } from 'vitest';
import { jpeg, png, webp } from '../../testing/pictures.ts';
import { readPicture } from './readPicture.ts';

describe('readPicture', () => {
  it.each([
    ['a PNG', png(256, 300), { mediaType: 'image/png', width: 256, height: 300 }],
    ['a JPEG', jpeg(256, 300), { mediaType: 'image/jpeg', width: 256, height: 300 }],
    ['a WebP with losses', webp('VP8 ', 256, 300), { mediaType: 'image/webp', width: 256, height: 300 }],
    ['a WebP without', webp('VP8L', 256, 300), { mediaType: 'image/webp', width: 256, height: 300 }],
    ['a WebP with parts', webp('VP8X', 256, 300), { mediaType: 'image/webp', width: 256, height: 300 }],
  ])('reads the size of %s', (_what, bytes, picture) => {
    expect(readPicture(bytes)).toEqual(picture);
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00'.padEnd(64, '\0'), 'latin1')],
    ['nothing', Buffer.alloc(0)],
    [
      'a JPEG of segments without length',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0]),
    ],
    ['RIFF that is a sound', Buffer.from('RIFF\0\0\0\0WAVEfmt '.padEnd(64, '\0'), 'latin1')],
  ])('V44: takes %s for no picture', (_what, bytes) => {
    expect(readPicture(bytes)).toBeNull();
  });

  it('takes no half of one for a picture', () => {
    for (const whole of [png(9, 9), jpeg(9, 9), webp('VP8L', 9, 9)]) {
      for (let length = 0; length < 20; length += 1)
        expect(readPicture(whole.subarray(0, length))).toBeNull();
    }
  });
});
