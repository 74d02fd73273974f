import type { Letter } from '../../database/letters/letters.ts';
import { oneLine } from '../../mails/plainLetter.ts';
import type { Role } from '../policy.ts';

export interface InvitationLetter {
  readonly to: string;
  readonly by: string;
  readonly workspaceName: string;
  readonly role: Role;
  readonly link: string;
}

const WORDS: Readonly<Record<Role, string>> = {
  viewer: 'see what the team makes',
  runner: 'see what the team makes, and run it',
  editor: 'make and change what the team has',
  owner: 'own it together with them',
};

/** Names are what people typed: in our mail they are short, on one line, and lead nowhere. */
export const invitationLetter = ({ to, by, workspaceName, role, link }: InvitationLetter): Letter => ({
  to,
  subject: `${oneLine(by)} invites you to “${oneLine(workspaceName)}” on Troupe`,
  text: `${oneLine(by)} invites you to the workspace “${oneLine(workspaceName)}” on Troupe. There you can ${WORDS[role]}.

${link}

The link is good for seven days, for you alone: sign in or sign up with the address that this mail came to. If you do not know what this is about, do nothing.`,
});
