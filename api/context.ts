import type { Logger } from 'pino';
import type { Sequelize } from 'sequelize';
import type { AdminRules } from './admin/adminRules.ts';
import type { FileStore } from './database/fileStore/FileStore.ts';
import type { OperatorEmbedder } from './database/knowledge/createEmbedder.ts';
import type { LiveBus } from './database/live/LiveBus.ts';
import type { KeySet } from './database/secrets/keySet.ts';
import type { Limits } from './limits/createLimits.ts';
import type { Taken } from './limits/createRates.ts';
import type { MailQueue } from './mails/MailQueue.ts';
import type { OperatorModels } from './models/operatorModels.ts';
import type { AccessTokens } from './sessions/accessTokens.ts';
import type { KnownBrowsers } from './sessions/knownBrowsers.ts';
import type { Passwords } from './sessions/passwords.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Engine } from './simulations/Engine.ts';
import type { SeqWatch } from './simulations/seqWatch.ts';
import type { AccountView } from './users/schema.ts';
import type { Role } from './workspaces/policy.ts';

/** Where uploaded files go. */
interface Files {
  readonly store: FileStore;
  /** Folder in which files lie while they arrive. */
  readonly spool: string;
  /** Bytes that the files of one workspace may have together. */
  readonly quotaBytes: number;
}

/** What procedures work with: built once by `main.ts`, or by a test. */
export interface Services {
  readonly database: Sequelize;
  readonly engine: Engine;
  readonly live: LiveBus;
  /** Notices new events that no live message told of. */
  readonly seqWatch: SeqWatch;
  readonly sessions: Sessions;
  readonly knownBrowsers: KnownBrowsers;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly limits: Limits;
  readonly files: Files;
  readonly mails: MailQueue;
  /** Where people open the product, without a slash at its end: links in mails begin with it. */
  readonly publicUrl: string;
  /** Who becomes an administrator. */
  readonly admins: AdminRules;
  /** On one machine without a mail server: whoever opens the product may read the mails that it would have sent. */
  readonly isOutboxShown: boolean;
  /** The operator's, for workspaces without a key of their own. Null: those find knowledge by its words alone. */
  readonly embedder: OperatorEmbedder | null;
  /** The operator's keys, which encrypt what is secret in the database. */
  readonly keys: KeySet;
  readonly log: Logger;
  /** provider/model for agents that name none. */
  readonly defaultModel: string;
  readonly operatorModels: OperatorModels;
}

/** Somebody signed in, and the workspace this request is about. */
export interface Caller extends AccountView {
  readonly role: Role;
  /** Names the session in lists of devices and in access tokens. */
  readonly sessionId: string;
  /** When they last gave their password. */
  readonly authenticatedAt: Date;
  readonly carrier: 'cookie' | 'bearer';
}

/** One request, through whichever face it came. */
export interface Context extends Services {
  readonly caller: Caller | null;
  readonly requestId: string;
  readonly ip: string;
  /** As the client calls itself, cut to a length that can be kept. */
  readonly userAgent: string;
  /** For browsers; programs come through REST, and get tokens instead. */
  readonly sendsCookies: boolean;
  /** Sends a cookie along, where the face has cookies: REST has none. */
  readonly setCookie: (cookie: string) => void;
  /** A name for this browser, if somebody signed in to the account with this address there before. */
  readonly knownBrowser: (email: string) => string | null;
  /** Says in the headers of the answer how a limit stands. */
  readonly tellRate: (taken: Taken) => void;
  /** Asks again who this is: a stream outlives its first answer. */
  readonly reauthorise: () => Promise<Caller | null>;
}

/** The context of a member procedure. */
export type MemberContext = Context & { readonly caller: Caller };
