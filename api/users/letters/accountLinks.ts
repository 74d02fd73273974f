/** Pages of the studio that links in mails open. */
const PAGES = {
  verify: '/verify',
  reset: '/reset',
  changeEmail: '/change-email',
  undoEmail: '/undo-email',
} as const;

/** Beneath PUBLIC_URL, never beneath what a request calls this server. */
export const accountLink = (publicUrl: string, page: keyof typeof PAGES, token: string): string =>
  `${publicUrl}${PAGES[page]}#${token}`;

/** Where somebody asks for a new password. */
export const forgotLink = (publicUrl: string): string => `${publicUrl}/forgot`;
