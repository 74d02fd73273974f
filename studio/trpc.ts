import { QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#api/router.ts';
import { isWorthRetrying, retryDelayMs } from './askAgain.ts';
import { confirmLink } from './confirm/confirmLink.ts';
import { problemOf } from './problem.ts';

const url = '/trpc';

/** Sets cookies or carries files: never joined with other calls into one request. */
const travelsAlone = (path: string) =>
  /^(users|sessions|secondFactor)\./.test(path) || path === 'crews.import';

// Proxies refuse addresses much longer than this; more than ten answers in one response wait for the slowest.
const batches: TRPCLink<AppRouter> = httpBatchLink({ url, maxURLLength: 2_000, maxItems: 10 });

export const client = createTRPCClient<AppRouter>({
  links: [
    confirmLink,
    splitLink({
      condition: (call) => call.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        condition: (call) => travelsAlone(call.path),
        true: httpLink({ url }),
        false: batches,
      }),
    }),
  ],
});

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: isWorthRetrying,
      retryDelay: retryDelayMs,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
  queryCache: new QueryCache({
    // A session that ended elsewhere shows at the next question; asking who we are again leads to the door.
    onError: (error, query) => {
      const isDoor = query.queryKey[0] === trpc.users.me.queryKey()[0];
      if (problemOf(error).code === 'session.required' && !isDoor) {
        queryClient.invalidateQueries({ queryKey: trpc.users.me.queryKey() }).catch(() => undefined);
      }
    },
  }),
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
