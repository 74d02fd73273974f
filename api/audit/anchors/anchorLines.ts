import { z } from 'zod';

/** Where the audit log of a workspace ended once. */
export interface AnchoredHead {
  readonly workspaceId: string;
  /** The number of entries, which is that of the last. */
  readonly seq: number;
  /** Of the last entry, and so of all before it. */
  readonly hash: string;
}

const HEAD = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([1-9][0-9]{0,9}) ([0-9a-f]{64})$/;

const Line = z.object({ auditAnchor: z.object({ heads: z.array(z.string().regex(HEAD)) }) });

export const writeHead = ({ workspaceId, seq, hash }: AnchoredHead): string =>
  `${workspaceId} ${seq} ${hash}`;

/** What a line of a log says of it. Programs that keep logs put something before the JSON; other lines say nothing. */
export function readAnchorLine(line: string): AnchoredHead[] {
  const { success, data } = Line.safeParse(jsonIn(line));
  if (!success) return [];
  return data.auditAnchor.heads.map((head) => {
    const [, workspaceId = '', seq = '', hash = ''] = HEAD.exec(head) ?? [];
    return { workspaceId, seq: Number(seq), hash };
  });
}

function jsonIn(line: string): unknown {
  if (!line.includes('"auditAnchor"')) return undefined;
  try {
    return JSON.parse(line.slice(line.indexOf('{')));
  } catch {
    return undefined;
  }
}
