import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './isCommonPassword.ts';

describe('isCommonPassword', () => {
  it.each(['password', 'Password1', '12345678', 'QWERTYUIOP', 'iloveyou', 'trustno1'])(
    'knows %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['correct horse battery', 'password ', ' password', 'éèàçùôîâ', 'constructor()', '__proto__'])(
    'lets %j pass',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
