import { dictionary } from '@zxcvbn-ts/language-common';

/** Shorter ones are refused before anybody looks here. */
const SHORTEST = 8;

/** About 18,000 out of leaked accounts, so that those who guess do not get in by them (ASVS 6.2.4, 6.2.12). No network. */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter(({ length }) => length >= SHORTEST),
);

/** Capitals do not make one harder to guess. */
export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
