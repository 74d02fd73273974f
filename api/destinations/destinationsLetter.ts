import type { Letter } from '../database/letters/letters.ts';
import { oneLine, plainLetter } from '../mails/plainLetter.ts';

/** What changed, as it was put down. */
export interface NotedChange {
  readonly kind: 'credential' | 'toolServer' | 'callback';
  readonly name: string;
  readonly former: string;
  readonly places: string;
  /** Who did it; null for somebody who has left. */
  readonly by: string | null;
}

export interface DestinationsLetter {
  readonly to: string;
  readonly name: string;
  readonly workspaceName: string;
  readonly changes: readonly NotedChange[];
  /** The page of the audit log. */
  readonly link: string;
}

const MOST_LINES = 20;

const KINDS = {
  credential: 'the secret',
  toolServer: 'the tool server',
  callback: 'the callback of the task',
} as const satisfies Record<NotedChange['kind'], string>;

/** To an owner: where things of the workspace are sent now. Hosts alone; no secret was ever in what it is made of. */
export const destinationsLetter = ({
  to,
  name,
  workspaceName,
  changes,
  link,
}: DestinationsLetter): Letter => ({
  to,
  subject: `New destinations in “${oneLine(workspaceName)}”`,
  text: plainLetter(name, [
    `In “${oneLine(workspaceName)}” it was changed where things are sent:`,
    changes.slice(0, MOST_LINES).map(lineOf).join('\n'),
    ...(changes.length > MOST_LINES ? [`And ${changes.length - MOST_LINES} more, in the audit log.`] : []),
    'If you know of it, there is nothing to do. If not, look at the audit log, take away what should not be there, and give your secrets new values where they come from:',
    link,
  ]),
});

const lineOf = ({ kind, name, former, places, by }: NotedChange): string => {
  const what = name === '' ? 'a secret of their own' : `${KINDS[kind]} “${oneLine(name)}”`;
  const before = former === '' ? 'new' : `before: ${former}`;
  return `- ${by === null ? 'Somebody who has left' : oneLine(by)}: ${what} goes to ${places} (${before})`;
};
