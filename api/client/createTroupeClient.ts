import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import type { AppRouter } from '../router.ts';
import { FetchEventSource, type Headers } from './FetchEventSource.ts';
import { type KeepTokensOptions, keepTokens } from './keepTokens.ts';

export interface TroupeClientOptions {
  /** Where the product is, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /** `accessToken` of a login; asked for before each request when it is a function. */
  readonly token?: string | (() => string | Promise<string>);
  /** Instead of `token`: what `POST /users/login` answered. The client then stays signed in by itself. */
  readonly tokens?: KeepTokensOptions['tokens'];
  readonly onTokens?: KeepTokensOptions['onTokens'];
  /** Another workspace than the personal one. */
  readonly workspace?: string;
}

export type TroupeClient = TRPCClient<AppRouter>;

/**
 * The typed client for programs. Subscriptions resume by the id of the last event when a connection is lost:
 *
 *     const troupe = createTroupeClient({ url, tokens });
 *     const { id } = await troupe.simulations.start.mutate({ crewId, inputs: { topic: 'tea' } });
 *     troupe.simulations.follow.subscribe({ id }, { onData: (message) => console.log(message) });
 */
export function createTroupeClient({
  url,
  tokens,
  onTokens,
  token = tokens && keepTokens({ url, tokens, onTokens }),
  workspace,
}: TroupeClientOptions): TroupeClient {
  const endpoint = new URL('/trpc', url).href;
  const headers = async (): Promise<Headers> => {
    const bearer = typeof token === 'function' ? await token() : token;
    return {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(workspace !== undefined && { 'troupe-workspace': workspace }),
    };
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url: endpoint,
          EventSource: FetchEventSource,
          eventSourceOptions: { headers },
        }),
        // The server takes ten calls in one request.
        false: httpBatchLink({ url: endpoint, headers, maxItems: 10, maxURLLength: 2_000 }),
      }),
    ],
  });
}
