const NOT_YOU = 'If it was not you, change your password now and sign out all other devices.';

/** What owners of an account are told of when somebody changes how it is protected (ASVS 6.3.7). */
export const LETTERS = {
  on: {
    subject: 'Two-step login is on',
    text: `From now on, logging in to your account asks for a code as well.\n\n${NOT_YOU}`,
  },
  off: {
    subject: 'Two-step login is off',
    text: `Your account is protected by its password alone again.\n\n${NOT_YOU}`,
  },
  renewed: {
    subject: 'You have new recovery codes',
    text: `The recovery codes you had before do not work any more.\n\n${NOT_YOU}`,
  },
  used: {
    subject: 'A recovery code was used',
    text: `Somebody logged in to your account with one of your recovery codes. It does not work again.\n\n${NOT_YOU}`,
  },
  guessed: {
    subject: 'Somebody knows your password',
    text: `Somebody gave the right password of your account and then five wrong codes, so they did not get in.\n\n${NOT_YOU}`,
  },
} as const;
