const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Whose points they are: of an account (or whoever claims to be it), a workspace, or everybody behind one network address. */
export type Per = 'account' | 'workspace' | 'address';

export interface RateRule {
  readonly points: number;
  readonly seconds: number;
  readonly per: Per;
  /** What protects passwords, mailboxes and other people: RATE_LIMIT_FACTOR does not touch it. */
  readonly isFixed?: boolean;
}

/**
 * How often what may be done. RATE_LIMIT_FACTOR multiplies it, for a bench or a machine of one's own.
 *
 * A class sits behind one address, so what counts by address leaves room for thirty people; what counts guests by
 * address keeps a new guest from being a way around the limits of an account.
 */
export const RULES = {
  /** Requests of any kind, before anything is known of who sends them. */
  requestsByAddress: { points: 3_000, seconds: MINUTE, per: 'address' },
  /** Calls of procedures, each call of a batch. All tokens of an account count together. */
  callsByAccount: { points: 300, seconds: MINUTE, per: 'account' },
  guestCallsByAddress: { points: 1_500, seconds: MINUTE, per: 'address' },

  /** Simulations begun, however: started, forked, tried, taken up again. */
  startsByWorkspace: { points: 30, seconds: MINUTE, per: 'workspace' },
  startsByAddress: { points: 150, seconds: MINUTE, per: 'address' },
  guestStartsByAddress: { points: 60, seconds: MINUTE, per: 'address' },
  /** Each begins up to eight simulations. */
  variantsByWorkspace: { points: 10, seconds: MINUTE, per: 'workspace' },
  /** What is walked through without being paid: previews of forks, two simulations side by side. */
  walksByAccount: { points: 60, seconds: MINUTE, per: 'account' },

  importsByAccount: { points: 20, seconds: MINUTE, per: 'account' },
  uploadsByAccount: { points: 60, seconds: MINUTE, per: 'account' },
  /** Sources of knowledge that are read and embedded. */
  readingsByAccount: { points: 60, seconds: MINUTE, per: 'account' },
  searchesByAccount: { points: 60, seconds: MINUTE, per: 'account' },
  /** Servers of others that we go to because somebody asks. */
  connectionsByAccount: { points: 20, seconds: MINUTE, per: 'account' },

  /** Mails to people who did not ask for any. */
  inviteByWorkspace: { points: 30, seconds: HOUR, per: 'workspace', isFixed: true },

  /** Failed logins; a successful one gives its points back. A school is one address, so that one may fail often. */
  loginByAccountAndAddress: { points: 5, seconds: 15 * MINUTE, per: 'account', isFixed: true },
  loginByAccount: { points: 20, seconds: HOUR, per: 'account', isFixed: true },
  loginByAddress: { points: 100, seconds: HOUR, per: 'address', isFixed: true },
  loginByKnownBrowser: { points: 10, seconds: 15 * MINUTE, per: 'account', isFixed: true },
  /** Passwords and codes that somebody gives who is signed in; what was right is given back. */
  proofByAccount: { points: 10, seconds: HOUR, per: 'account', isFixed: true },
  signUpByAddress: { points: 300, seconds: HOUR, per: 'address', isFixed: true },
  signUpByAccount: { points: 5, seconds: HOUR, per: 'account', isFixed: true },
  /** Whether an e-mail address has an account is told to people who sign up: to few of them. */
  takenByAddress: { points: 20, seconds: HOUR, per: 'address', isFixed: true },
  /** Each kind of mail to one e-mail address, and all that are asked for from one network address. */
  mailByAccount: { points: 3, seconds: HOUR, per: 'account', isFixed: true },
  mailByAddress: { points: 300, seconds: HOUR, per: 'address', isFixed: true },
} as const satisfies Record<string, RateRule>;
export type Rule = keyof typeof RULES;

/** What beginning a simulation takes. */
const START: readonly Rule[] = ['startsByWorkspace', 'startsByAddress'];

/** Procedures that cost more than a look-up, and what each takes besides one of its account's calls. */
export const TAKEN_BY_PROCEDURE: Readonly<Record<string, readonly Rule[]>> = {
  'simulations.start': START,
  'simulations.fork': START,
  'simulations.retry': START,
  'simulations.move': START,
  'simulations.startVariants': [...START, 'variantsByWorkspace'],
  'agents.test': START,
  'simulations.previewFork': ['walksByAccount'],
  'simulations.previewVariants': ['walksByAccount'],
  'simulations.compare': ['walksByAccount'],
  'crews.import': ['importsByAccount'],
  'knowledge.search': ['searchesByAccount'],
  'knowledge.addSource': ['readingsByAccount'],
  'knowledge.reread': ['readingsByAccount'],
  'knowledge.renew': ['readingsByAccount'],
  'mcpServers.create': ['connectionsByAccount'],
  'mcpServers.refresh': ['connectionsByAccount'],
  'mcpServers.confirm': ['connectionsByAccount'],
};
