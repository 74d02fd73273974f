import { describe, expect, it } from 'vitest';
import { deviceOf } from './deviceOf.ts';

describe('deviceOf', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      { name: 'Chrome on Windows', kind: 'computer' },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      { name: 'Safari on iOS', kind: 'phone' },
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1',
      { name: 'Safari on iOS', kind: 'tablet' },
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      { name: 'Firefox on Linux', kind: 'computer' },
    ],
    ['curl/8.5.0', { name: 'Program (curl)', kind: 'program' }],
    ['node', { name: 'Program (node)', kind: 'program' }],
    ['<script>alert(1)</script>', { name: 'Unknown device', kind: 'program' }],
    ['', { name: 'Unknown device', kind: 'program' }],
  ])('says of %j what its owner knows it by', (userAgent, words) => {
    expect(deviceOf(userAgent)).toEqual(words);
  });
});
