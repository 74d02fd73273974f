import type { Letter } from '../../database/letters/letters.ts';
import { plainLetter } from '../../mails/plainLetter.ts';

interface Reader {
  readonly to: string;
  readonly name: string;
}

interface Linked extends Reader {
  /** With the token in its fragment, which no server is told and no log keeps. */
  readonly link: string;
}

/** What changed in an account, as its owner is told afterwards (ASVS 6.3.7). */
const CHANGES = {
  password: 'Your password was changed',
  secondFactorOn: 'Signing in to your account takes a second step now',
  secondFactorOff: 'Signing in to your account takes no second step any more',
  recoveryCodes: 'Your recovery codes were made anew',
  recoveryCodeUsed: 'One of your recovery codes was used to sign in',
  wrongCodes: 'Somebody gave your password, and then five wrong codes',
} as const;
export type AccountChange = keyof typeof CHANGES;

export const verifyLetter = ({ to, name, link }: Linked): Letter => ({
  to,
  subject: 'Confirm your e-mail address',
  text: plainLetter(name, [
    'Welcome to Troupe. Confirm that this address is yours:',
    link,
    'The link works for 24 hours. If you did not sign up, do nothing: without a click this address is not confirmed.',
  ]),
});

/** To whoever has the address already: the person who typed it learns nothing more than that. */
export const takenLetter = ({ to, name, link }: Linked): Letter => ({
  to,
  subject: 'Somebody tried to sign up with your address',
  text: plainLetter(name, [
    'Somebody tried to make a new account with this e-mail address. You have one already, so nothing has changed.',
    'If it was you and you do not know your password any more, choose a new one here:',
    link,
    'If it was not you, there is nothing to do.',
  ]),
});

export const resetLetter = ({ to, name, link }: Linked): Letter => ({
  to,
  subject: 'Choose a new password',
  text: plainLetter(name, [
    'Somebody, you we hope, asked for a new password for your account. Choose one here:',
    link,
    'The link works for 30 minutes and once. If it was not you, do nothing: your password stays as it is.',
  ]),
});

export const changedLetter = ({ to, name, link, change }: Linked & { change: AccountChange }): Letter => ({
  to,
  subject: CHANGES[change],
  text: plainLetter(name, [
    `${CHANGES[change]}. If that was you, there is nothing to do.`,
    'If it was not you, choose a new password at once. That signs everybody out:',
    link,
  ]),
});

export const newAddressLetter = ({ to, name, link }: Linked): Letter => ({
  to,
  subject: 'Confirm your new e-mail address',
  text: plainLetter(name, [
    'Confirm that your account shall have this address from now on:',
    link,
    'The link works for 24 hours. If you did not ask for it, do nothing: the address is then not used.',
  ]),
});

/** To the address that somebody wants and that belongs to another account. */
export const addressTakenLetter = ({ to, name }: Reader): Letter => ({
  to,
  subject: 'Somebody wanted to use your address',
  text: plainLetter(name, [
    'Somebody wanted to move another account to this e-mail address. It is the address of yours, so nothing has changed.',
    'If you have two accounts, give one of them another address first. If it was not you, there is nothing to do.',
  ]),
});

/** To the old address: the new one is not said, since it may be nobody's business any more. */
export const addressChangedLetter = ({ to, name, link }: Linked): Letter => ({
  to,
  subject: 'The e-mail address of your account was changed',
  text: plainLetter(name, [
    'Your account has another e-mail address now. If that was you, there is nothing to do.',
    'If it was not you, take it back here:',
    link,
    'The link works for 7 days. It gives your account this address again, signs everybody out and lets you choose a new password.',
  ]),
});
