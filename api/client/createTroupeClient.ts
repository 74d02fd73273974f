import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import type { AppRouter } from '../router.ts';
import { FetchEventSource } from './FetchEventSource.ts';

export interface TroupeClientOptions {
  /** Where the product is, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /** `accessToken` of a login; asked for before each request when it is a function. */
  readonly token?: string | (() => string);
  /** Another workspace than the personal one. */
  readonly workspace?: string;
}

export type TroupeClient = TRPCClient<AppRouter>;

/**
 * The typed client for programs. Subscriptions resume by the id of the last event when a connection is lost:
 *
 *     const troupe = createTroupeClient({ url, token });
 *     const { id } = await troupe.simulations.start.mutate({ crewId, inputs: { topic: 'tea' } });
 *     troupe.simulations.follow.subscribe({ id }, { onData: (message) => console.log(message) });
 */
export function createTroupeClient({ url, token, workspace }: TroupeClientOptions): TroupeClient {
  const endpoint = new URL('/trpc', url).href;
  const headers = (): Record<string, string> => {
    const bearer = typeof token === 'function' ? token() : token;
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
          eventSourceOptions: () => ({ headers: headers() }),
        }),
        // The server takes ten calls in one request.
        false: httpBatchLink({ url: endpoint, headers, maxItems: 10, maxURLLength: 2_000 }),
      }),
    ],
  });
}
