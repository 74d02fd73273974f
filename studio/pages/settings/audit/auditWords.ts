import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { plural } from '../../../ui/formats.ts';

export type AuditEntry = inferRouterOutputs<AppRouter>['audit']['list']['items'][number];
export type AuditAction = NonNullable<inferRouterInputs<AppRouter>['audit']['list']['action']>;
export type Verification = inferRouterOutputs<AppRouter>['audit']['verify'];

/** What was done, in the words of somebody who tells of it. Those that are not here are shown by their code. */
export const ACTION_WORDS = {
  'users.register': 'Signed up',
  'users.login': 'Logged in',
  'users.loginRefused': 'Tried to log in',
  'users.logout': 'Logged out',
  'users.verify': 'Confirmed the address',
  'users.requestReset': 'Asked for a new password',
  'users.resetPassword': 'Chose a new password by mail',
  'users.changePassword': 'Changed the password',
  'users.requestEmail': 'Asked to change the address',
  'users.changeEmail': 'Changed the address',
  'users.undoEmail': 'Took a change of the address back',
  'users.saveProfile': 'Changed the profile',
  'users.disable': 'Closed an account',
  'users.enable': 'Opened an account again',
  'users.changeRole': 'Changed who is an administrator',
  'users.export': 'Asked for an export of the account',
  'users.delete': 'Asked to delete the account',
  'users.keep': 'Kept the account after all',
  'sessions.close': 'Signed a device out',
  'sessions.closeOthers': 'Signed all other devices out',
  'sessions.refreshReused': 'Used a token a second time',
  'secondFactor.enable': 'Turned two-step login on',
  'secondFactor.disable': 'Turned two-step login off',
  'secondFactor.renewCodes': 'Made new recovery codes',
  'secondFactor.useCode': 'Used a recovery code',
  'workspaces.create': 'Made the workspace',
  'workspaces.save': 'Changed the workspace',
  'workspaces.saveRetention': 'Changed how long simulations are kept',
  'workspaces.delete': 'Deleted the workspace',
  'workspaces.stop': 'Stopped the workspace',
  'workspaces.allow': 'Let the workspace go on',
  'members.invite': 'Invited somebody',
  'members.join': 'Joined',
  'members.changeRole': 'Changed the role of a member',
  'members.remove': 'Removed a member',
  'members.leave': 'Left',
  'invitations.revoke': 'Took an invitation back',
  'credentials.create': 'Saved a credential',
  'credentials.save': 'Changed a credential',
  'credentials.replace': 'Replaced a secret',
  'credentials.delete': 'Deleted a credential',
  'credentials.changeKey': 'Encrypted all secrets anew',
  'credentials.use': 'Used a credential',
  'mcpServers.create': 'Added a tool server',
  'mcpServers.confirm': 'Agreed to the tools of a server',
  'mcpServers.delete': 'Removed a tool server',
  'crews.publish': 'Published a crew',
  'crews.callBack': 'Changed whom a task calls back',
  'agents.publish': 'Changed who sees an agent',
  'simulations.fork': 'Forked between workspaces',
  'simulations.keep': 'Kept a simulation for good',
  'simulations.release': 'Let go of a kept simulation',
  'simulations.expire': 'Removed simulations whose time was over',
  'egress.blocked': 'Wanted to reach a closed address',
  'limit.reached': 'Reached a limit',
  'access.refused': 'Tried what they may not',
} as const satisfies Partial<Record<AuditAction, string>>;

const WORDS: Readonly<Record<string, string>> = ACTION_WORDS;

export const actionInWords = (action: string): string => WORDS[action] ?? action;

/** People who are gone keep their entries, and nothing else. */
export function actorInWords({ actor }: Pick<AuditEntry, 'actor'>): string {
  if (!actor) return 'nobody signed in';
  return actor.name ?? 'deleted user';
}

/** `host api.example.org, reason address`, without what is not known. */
export const detailsInWords = ({ details }: Pick<AuditEntry, 'details'>): string =>
  Object.entries(details)
    .filter(([, value]) => value !== null && value !== false && value !== '')
    .map(([name, value]) => {
      const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return value === true ? words : `${words} ${value}`;
    })
    .join(', ');

const PROBLEMS = {
  changed: 'is not as it was written, or stands where another one stood',
  missing: 'is missing',
  added: 'was added behind the end',
} as const;

/** What a check of the log found, in a sentence. */
export function verificationInWords({ isIntact, entries, problem }: Verification): string {
  if (isIntact || !problem) return `${plural(entries, 'entry', 'entries')}, none of them changed since.`;
  return `Entry ${problem.seq} ${PROBLEMS[problem.kind]}. Do not trust what comes after it.`;
}
