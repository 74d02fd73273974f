import type { EgressResponse } from '../egress/readThrough.ts';

const IS_TEXT =
  /^(text\/|application\/(.*\+)?(json|xml|yaml|javascript|x-www-form-urlencoded|x-ndjson|graphql|rtf)\b|image\/svg)/i;

export const contentType = ({ headers }: Pick<EgressResponse, 'headers'>): string =>
  (headers.get('content-type') ?? '').trim().toLowerCase();

/** The body as text in the charset that the server names; undefined for what is no text. */
export function bodyText(response: Pick<EgressResponse, 'headers' | 'body'>): string | undefined {
  const type = contentType(response);
  const isText = type === '' ? looksLikeText(response.body) : IS_TEXT.test(type);
  return isText ? decoder(type).decode(response.body) : undefined;
}

function decoder(type: string): TextDecoder {
  const charset = /charset="?([\w-]{1,40})/.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

const looksLikeText = (body: Uint8Array): boolean => !body.subarray(0, 1_000).includes(0);
