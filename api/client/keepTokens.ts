import { z } from 'zod';

/** What a login over REST answers, or a part of it that was kept. */
export interface KnownTokens {
  readonly refreshToken: string;
  readonly accessToken?: string | undefined;
  /** Seconds that the access token is still good for. */
  readonly expiresIn?: number | undefined;
}

export interface KeepTokensOptions {
  readonly url: string;
  readonly tokens: KnownTokens;
  /** Told of each new pair, for programs that remember it: the former refresh token is of no use any more. */
  readonly onTokens?: ((tokens: Required<KnownTokens>) => void) | undefined;
}

/** The server takes the refresh token no more: somebody has to sign in again. */
export class SessionEnded extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SessionEnded';
  }
}

const Pair = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.number() });
const Problem = z.object({ detail: z.string() });

/** A request that is on its way when its token ends is refused: tokens are changed a little before. */
const EARLY_MS = 30_000;

/** Gives an access token that is good, and changes it for the next in time. Several who ask at once wait for one change. */
export function keepTokens({ url, tokens, onTokens }: KeepTokensOptions): () => Promise<string> {
  let { refreshToken, accessToken } = tokens;
  let goodUntil = endOf(tokens.expiresIn);
  let changing: Promise<string> | null = null;

  const change = async (): Promise<string> => {
    const pair = await askForPair(url, refreshToken);
    ({ refreshToken, accessToken } = pair);
    goodUntil = endOf(pair.expiresIn);
    onTokens?.(pair);
    return pair.accessToken;
  };
  return async () => {
    if (accessToken !== undefined && performance.now() < goodUntil) return accessToken;
    changing ??= change().finally(() => {
      changing = null;
    });
    return changing;
  };
}

// By the clock that nobody sets: the program's may be hours off the server's.
const endOf = (expiresIn = 0): number => performance.now() + expiresIn * 1_000 - EARLY_MS;

async function askForPair(url: string, refreshToken: string): Promise<z.infer<typeof Pair>> {
  const response = await fetch(new URL('/api/v1/users/refresh', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  });
  const body: unknown = await response.json();
  if (response.ok) return Pair.parse(body);
  const { detail } = Problem.parse(body);
  throw response.status === 401 ? new SessionEnded(detail) : new Error(detail);
}
